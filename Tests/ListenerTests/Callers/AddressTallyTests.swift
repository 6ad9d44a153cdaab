import Addresses
import Listener
import Testing

@Suite("Counting by address")
struct AddressTallyTests {
    @Test("Each address has its own limit, and one that leaves makes room")
    func perAddress() {
        var tally = AddressTally(most: 10, perAddress: 2)
        let (one, two) = (IPAddress("203.0.113.1"), IPAddress("203.0.113.2"))
        #expect(tally.enter(one) == nil)
        #expect(tally.enter(one) == nil)
        #expect(tally.enter(one) == .address)
        #expect(tally.enter(two) == nil)
        tally.leave(one)
        #expect(tally.enter(one) == nil)
        #expect(tally.enter(one) == .address)
    }

    @Test("All together have a limit, and those without an address only that")
    func total() {
        var tally = AddressTally(most: 3, perAddress: 1)
        #expect(tally.enter(nil) == nil)
        #expect(tally.enter(nil) == nil)
        #expect(tally.enter(IPAddress("203.0.113.1")) == nil)
        #expect(tally.enter(IPAddress("203.0.113.2")) == .total)
        tally.leave(nil)
        #expect(tally.enter(IPAddress("203.0.113.2")) == nil)
    }

    @Test("An address of version 6 stands for its first 64 bits, one of version 4 for itself")
    func groups() {
        var tally = AddressTally(most: 10, perAddress: 1)
        #expect(tally.enter(IPAddress("2001:db8:0:1::1")) == nil)
        #expect(tally.enter(IPAddress("2001:db8:0:1:ffff::2")) == .address)
        #expect(tally.enter(IPAddress("2001:db8:0:2::1")) == nil)
        #expect(tally.enter(IPAddress("203.0.113.1")) == nil)
        #expect(tally.enter(IPAddress("::ffff:203.0.113.1")) == .address)
        tally.leave(IPAddress("2001:db8:0:1::9"))
        #expect(tally.enter(IPAddress("2001:db8:0:1::1")) == nil)
    }
}
