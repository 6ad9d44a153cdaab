import Foundation

/// One step in sending a body.
enum BodyStep: Sendable, Hashable {
    /// Bytes that leave the server at once, apart from those before and after.
    case write(Data)
    case pause(Duration)

    var size: Int {
        guard case .write(let data) = self else { return 0 }
        return data.count
    }
}

extension [BodyStep] {
    /// In bytes.
    var size: Int {
        reduce(0) { $0 + $1.size }
    }

    /// The steps until half of the bytes are sent.
    var firstHalf: [BodyStep] {
        var left = size / 2
        var steps: [BodyStep] = []
        for step in self where left > 0 {
            if case .write(let data) = step {
                steps.append(.write(data.prefix(left)))
                left -= step.size
            } else {
                steps.append(step)
            }
        }
        return steps
    }

    /// Byte by byte.
    func dribbled(pause: Duration) -> [BodyStep] {
        flatMap { step -> [BodyStep] in
            guard case .write(let data) = step else { return [step] }
            return data.flatMap { [.pause(pause), .write(Data([$0]))] }
        }
    }
}
