import Foundation
import HTTPCore
import ModelClient
import Vocabulary

/// Asks a provider for its list of models, and OpenRouter whether the key is good.
struct ProviderCheck {
    let provider: Provider
    let transport: any Transport

    /// - Returns: the list, if there is one.
    func run() async -> ([Finding], ModelListing?) {
        let answer: TransportResponse
        do {
            answer = try await transport.send(provider.listingRequest)
        } catch {
            return ([notReached(error)], nil)
        }
        let (finding, listing) = reading(of: answer)
        // OpenRouter lists its models to everybody.
        let key = provider.dialect == .openRouter && provider.apiKey != nil ? await keyFinding() : nil
        return ([finding] + [key].compactMap { $0 }, listing)
    }

    func reading(of answer: TransportResponse) -> (Finding, ModelListing?) {
        switch answer.status {
        case 200:
            guard let listing = try? ModelListing(parsing: answer.body) else {
                return (found(.warn, "answers, but its list of models cannot be read"), nil)
            }
            return (found(.ok, "answers, and lists \(listing.entries.count) models"), listing)
        case 401, 403: return (keyRefused(answer.status), nil)
        case 404, 405:
            return (found(.warn, "answers, but lists no models: their ids and prices cannot be checked"), nil)
        case let status:
            return (found(.fail, "answers with status \(status)", advice: "try again later; look at its url"), nil)
        }
    }

    private func keyFinding() async -> Finding? {
        guard let answer = try? await transport.send(provider.keyRequest) else { return nil }
        return keyReading(of: answer)
    }

    /// - Returns: `nil` when the answer says nothing about the key.
    func keyReading(of answer: TransportResponse) -> Finding? {
        switch answer.status {
        case 401, 403: return keyRefused(answer.status)
        case 200:
            let left = (try? JSONValue(parsing: answer.body))?["data"]?["limit_remaining"]?.decimal
            guard let left else { return found(.ok, "takes the key") }
            guard left > 0 else {
                return found(.fail, "takes the key, but its limit is used up", advice: "raise the key's limit")
            }
            return found(.ok, "takes the key, $\(left) of its limit left")
        default: return nil
        }
    }

    private func notReached(_ error: any Error) -> Finding {
        let reason = (error as? TransportError).map { "\($0.message) (\($0.code.rawValue))" } ?? "no answer"
        return found(
            .fail, "cannot be reached at \(provider.baseURL): \(reason)", advice: "look at its url and at the network")
    }

    private func keyRefused(_ status: Int) -> Finding {
        let isThere = provider.apiKey != nil
        return found(
            .fail, isThere ? "refuses the key (\(status))" : "wants a key (\(status))",
            advice: "put a good key into the variable that key_env names")
    }

    private func found(_ status: Finding.Status, _ message: String, advice: String? = nil) -> Finding {
        Finding(.providers, status, provider.name, message, advice: advice)
    }
}
