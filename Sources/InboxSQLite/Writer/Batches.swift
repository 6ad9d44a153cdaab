extension Array {
    /// Cuts the array into parts of at most `size` elements and `bytes` bytes; a larger element is alone in its part,
    /// and so is one that has to be.
    func batches(
        size: Int, bytes: Int, alone isAlone: (Element) -> Bool = { _ in false }, measure: (Element) -> Int
    ) -> [[Element]] {
        var batches: [[Element]] = []
        var start = startIndex
        var sum = 0
        for index in indices {
            let next = measure(self[index])
            let isFull = index - start == size || next > bytes - sum
            if index > start, isFull || isAlone(self[index]) || isAlone(self[start]) {
                batches.append(Array(self[start..<index]))
                start = index
                sum = 0
            }
            sum += next
        }
        if start < endIndex { batches.append(Array(self[start...])) }
        return batches
    }
}
