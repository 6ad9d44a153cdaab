package import Foundation

/// A figure that a source gives, with as many decimals as it is written with.
package struct ClaimedFigure: Sendable, Hashable {
    package var value: Decimal
    /// Decimals as written: 2 for `14.40`, 0 for `110`.
    package var decimals: Int

    package init(_ value: Decimal, decimals: Int) {
        self.value = value
        self.decimals = decimals
    }

    /// Whether a figure, rounded to the claim's decimals, is the claim; a half is rounded away from zero.
    package func isMet(by figure: Decimal) -> Bool {
        figure.rounded(decimals: decimals) == value
    }

    /// The figures that meet it.
    var range: Range<Decimal> {
        let half = Decimal(sign: .plus, exponent: -decimals - 1, significand: 5)
        return value - half..<value + half
    }
}

/// The two ways to spend: everything on one model, or each kind of work on the model that it is routed to.
package enum Plan: String, Sendable, Hashable, CaseIterable {
    case single
    case routed
}

/// What a source says something costs, in dollars, by plan.
package struct Claims: Sendable, Hashable {
    package var single: ClaimedFigure?
    package var routed: ClaimedFigure?

    package init(single: ClaimedFigure? = nil, routed: ClaimedFigure? = nil) {
        self.single = single
        self.routed = routed
    }

    package subscript(plan: Plan) -> ClaimedFigure? {
        switch plan {
        case .single: single
        case .routed: routed
        }
    }
}
