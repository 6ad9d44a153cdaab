import HeapModule

/// The calls that wait to ask one model: the highest priority first, and among equals the earliest.
struct Lane {
    struct Place: Comparable {
        var priority: Int
        var call: CallID
        /// The call's ticket when it took the place. When the call has another one, it has left.
        var ticket: Int

        static func < (a: Place, b: Place) -> Bool {
            a.priority != b.priority ? a.priority < b.priority : a.call > b.call
        }
    }

    let model: String
    private var places = Heap<Place>()

    init(model: String) {
        self.model = model
    }

    mutating func enter(_ place: Place) {
        places.insert(place)
    }

    /// The first in line, without those who have left.
    mutating func first(where isThere: (Place) -> Bool) -> Place? {
        while let place = places.max {
            if isThere(place) { return place }
            places.removeMax()
        }
        return nil
    }

    mutating func removeFirst() {
        _ = places.popMax()
    }
}
