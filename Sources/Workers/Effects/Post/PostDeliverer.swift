package import Bellhop
package import Foundation
package import HTTPCore
package import InboxCore

/// Delivers posts: signed requests to the destinations that the configuration names.
package struct PostDeliverer: EffectDeliverer {
    private static let bytesReadPast = 64 << 10

    private let destinations: [String: PostDestination]
    private let transport: any Transport
    private let now: @Sendable () -> Date

    package init(
        destinations: [String: PostDestination], transport: any Transport,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.destinations = destinations
        self.transport = transport
        self.now = now
    }

    package var kind: Effect.Kind { .post }

    package var lanes: [EffectLane: LaneLimits] {
        Dictionary(
            destinations.map { name, destination in
                // What cannot be signed waits.
                let limits = destination.secrets.isEmpty ? LaneLimits(concurrency: 0) : destination.limits
                return (EffectLane(.post, destination: name), limits)
            }, uniquingKeysWith: { first, _ in first })
    }

    package var longestAttempt: Duration {
        destinations.values.map { $0.repetition == .askable ? $0.timeout * 2 : $0.timeout }.max() ?? .zero
    }

    package func terms(of effect: Effect) -> EffectTerms {
        guard let (_, destination) = place(of: effect) else {
            return EffectTerms(repetition: .neither, policy: PostDestination.standardPolicy)
        }
        return EffectTerms(repetition: destination.repetition, policy: destination.policy)
    }

    package func deliver(_ effect: Effect, under key: String) async throws(CancellationError) -> EffectResponse {
        guard let (post, destination) = place(of: effect) else {
            return .refused(reason: "bellhop.yaml has no destination of this name; add it, then send the effect again")
        }
        let sentAt = now()
        guard let request = try? PostRequest(destination: destination, key: key, now: sentAt).post(post) else {
            return .refused(reason: "cannot be written as JSON or signed")
        }
        switch try await send(request, repetition: destination.repetition) {
        case .taken: return .delivered(wrote: post.writes)
        case .refused(let words): return .refused(reason: "\(post.destination) \(words)")
        case .failed(let words, let pause): return .failed(reason: "\(post.destination) \(words)", retryAfter: pause)
        case .uncertain(let words): return .uncertain(reason: "\(post.destination) \(words)")
        }
    }

    package func ask(about effect: Effect, under key: String) async throws(CancellationError) -> EffectAnswer {
        guard let (post, destination) = place(of: effect), let address = destination.askURL,
            let request = try? PostRequest(destination: destination, key: key, now: now()).ask(at: address)
        else { return .cannotTell(reason: "nothing in bellhop.yaml says where to ask whether it arrived") }
        let status: Int
        do {
            status = try await answer(to: request).status
        } catch let error as TransportError {
            return .cannotTell(
                reason: "\(post.destination) cannot be asked whether it arrived (\(error.code.rawValue))")
        } catch {
            // A transport throws nothing else.
            throw CancellationError()
        }
        switch status {
        case 200...299: return .happened(wrote: post.writes)
        case 404, 410: return .didNot
        default:
            return .cannotTell(reason: "\(post.destination) answered with \(status) when asked whether it arrived")
        }
    }

    private func place(of effect: Effect) -> (Effect.Post, PostDestination)? {
        guard case .post(let post) = effect, let destination = destinations[post.destination] else { return nil }
        return (post, destination)
    }

    private func send(
        _ request: TransportRequest, repetition: Repetition
    ) async throws(CancellationError) -> PostMeaning {
        do {
            let answer = try await answer(to: request)
            return PostReading(now: now(), repetition: repetition)
                .response(status: answer.status, retryAfter: answer.header("Retry-After"))
        } catch let error as TransportError {
            return PostReading(now: now(), repetition: repetition).response(to: error)
        } catch {
            // A transport throws nothing else.
            throw CancellationError()
        }
    }

    /// The head of the response. Its body is kept nowhere; a short one is read past, so that the connection can be used
    /// again, and a long one is left with the connection.
    ///
    /// - Throws: `TransportError` or `CancellationError`.
    private func answer(to request: TransportRequest) async throws -> TransportStream {
        let answer = try await transport.open(request)
        var bytesLeft = Self.bytesReadPast
        do {
            for try await part in answer.body {
                bytesLeft -= part.count
                if bytesLeft < 0 { break }
            }
        } catch {
            // The status has been told, whatever becomes of the rest.
        }
        return answer
    }
}
