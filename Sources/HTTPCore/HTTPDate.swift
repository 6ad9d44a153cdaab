package import Foundation

extension Date {
    /// A date as HTTP headers have it, in any of the three forms of RFC 9110, section 5.6.7.
    package init?(httpDate text: String) {
        guard text.utf8.count <= 64 else { return nil }
        let parts = text.split { " ,-:".contains($0) }.map(String.init)
        let fields: [String]
        if parts.count == 8, parts[7] == "GMT" {
            // Sun, 06 Nov 1994 08:49:37 GMT, or Sunday, 06-Nov-94 08:49:37 GMT
            fields = [parts[3], parts[2], parts[1], parts[4], parts[5], parts[6]]
        } else if parts.count == 7 {
            // Sun Nov  6 08:49:37 1994
            fields = [parts[6], parts[1], parts[2], parts[3], parts[4], parts[5]]
        } else {
            return nil
        }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard let month = months.firstIndex(of: fields[1]),
            // The calendar counts its way to a year of many digits.
            let year = Int(fields[0]), (0...9999).contains(year), let day = Int(fields[2]), (1...31).contains(day),
            let hour = Int(fields[3]), (0...23).contains(hour),
            let minute = Int(fields[4]), (0...59).contains(minute),
            let second = Int(fields[5]), (0...60).contains(second)
        else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let components = DateComponents(
            year: fields[0].count == 2 ? 2000 + year : year, month: month + 1, day: day, hour: hour, minute: minute,
            second: second)
        guard let date = calendar.date(from: components) else { return nil }
        self = date
    }
}
