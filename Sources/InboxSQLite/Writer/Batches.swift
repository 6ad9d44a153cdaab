extension Array {
    /// Cuts the array into parts of at most `size` elements and `bytes` bytes; a larger element is alone in its part.
    func batches(size: Int, bytes: Int, measure: (Element) -> Int) -> [[Element]] {
        var batches: [[Element]] = []
        var start = startIndex
        var sum = 0
        for index in indices {
            let next = measure(self[index])
            if index > start, index - start == size || next > bytes - sum {
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
