import Foundation
import Vocabulary

/// One answered request, before it has a number on the bill.
struct BilledRequest {
    var id: String
    var created: Date
    /// Empty when the request could not be read.
    var model = ""
    var task: String?
    var answer: String?
    var status = 0
    var fault: String?
    /// `nil` when no model has answered.
    var charge: Outcome.Charge?
}
