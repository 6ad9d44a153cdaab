import ArgumentParser
import Bellhop
import BellhopTesting
import Foundation

/// Where the stand-in's answers lie.
struct AnswerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The stand-in's canned answers.", valueName: "folder"))
    var answers = "samples/answers"

    func cannedAnswers() throws -> CannedAnswers {
        try CannedAnswers(folder: URL(filePath: answers))
    }
}

/// Whose deliveries are rehearsed.
struct ShopOptions: ParsableArguments {
    @Option(help: "The shop that the deliveries come from.")
    var shop = "kelp-and-cotton.myshopify.com"

    func validate() throws {
        _ = try parsed()
    }

    /// - Throws: `ValidationError` when it is not a host name.
    func parsed() throws -> Shop {
        guard let shop = Shop(domain: shop) else { throw ValidationError("--shop takes a host name.") }
        return shop
    }
}
