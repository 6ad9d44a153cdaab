import Bellhop
import Console
import InboxCore
import ModelClient
import Workers

extension WorkerDesk {
    init(watch: HandlerWatch, rehearsal: EventRehearsal) {
        self.init(
            pauses: { watch.paused.map(HandlerStatus.Pause.init) },
            resume: { watch.resume($0) },
            rehearse: { id, source, handlerID in
                try await rehearsal.run(id, as: source.runKind, handlerID: handlerID).map(RehearsedRun.init)
            })
    }
}

extension RehearsalSource {
    fileprivate var runKind: RunKind {
        switch self {
        case .models: .rehearsal
        case .recorded: .recorded
        }
    }
}

extension HandlerStatus.Pause {
    fileprivate init(_ paused: HandlerWatch.Paused) {
        self.init(
            handlerID: paused.handlerID, reason: paused.reason, fingerprint: paused.fingerprint.text,
            since: paused.since, until: paused.until, isProbing: paused.isProbing)
    }
}

extension RehearsedRun {
    fileprivate init(_ run: EventRehearsal.Run) {
        let (state, reason) = Self.ending(run.isCutOff ? nil : run.result?.outcome)
        var effects: [Effect] = []
        if case .done(let wanted) = run.result?.outcome { effects = wanted }
        self.init(
            handlerID: run.handlerID, state: state, reason: reason, effects: effects, calls: run.result?.calls ?? [])
    }

    private static func ending(_ outcome: JobResult.Outcome?) -> (JobState.Name, String?) {
        switch outcome {
        case nil: (.running, "it did not come to an end in time")
        case .done: (.done, nil)
        case .retry(_, let reason), .wait(_, let reason): (.waiting, reason)
        case .held(let reason): (.held, reason)
        case .skipped(let reason): (.skipped, reason)
        case .dead(let reason): (.dead, reason)
        }
    }
}

extension Alert {
    /// What people hear of a pause.
    init(_ news: HandlerWatch.News) {
        switch news {
        case .paused(let paused):
            self = .announcement(
                "\(paused.handlerID) is paused because its events fail alike: \(paused.reason). One is tried from time to "
                    + "time; mend the cause, or resume it with `bellhop handlers resume \(paused.handlerID)`",
                isTrouble: true)
        case .resumed(let handlerID):
            self = .announcement("\(handlerID) runs again", isTrouble: false)
        }
    }
}
