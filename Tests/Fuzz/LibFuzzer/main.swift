import Foundation

/// libFuzzer's main loop. It takes the arguments of a program and calls back with each input.
@_silgen_name("LLVMFuzzerRunDriver")
private func runLibFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ input: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

// Which target to run is said in the environment: the arguments are libFuzzer's.
private let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
private let names = FuzzTarget.all.map(\.name)

if name == "list" {
    for target in FuzzTarget.all { print(([target.name, "\(target.longest)"] + target.seeds).joined(separator: " ")) }
    exit(0)
}
guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    print("FUZZ_TARGET must be one of: \(names.joined(separator: ", "))")
    exit(2)
}

private let check = target.check
private var count = CommandLine.argc
private var arguments = CommandLine.unsafeArgv

let status = runLibFuzzer(&count, &arguments) { bytes, count in
    do {
        try check(bytes.map { Data(bytes: $0, count: count) } ?? Data())
    } catch {
        fatalError("\(error)")
    }
    return 0
}
exit(status)
