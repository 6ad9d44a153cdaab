/// What a test holds in its hands while the server runs.
package struct StandInControls: Sendable {
    package let faults: FaultSwitch
    package let prices: PriceBoard
    package let arrivals = ArrivalCounter()

    init(_ configuration: StandInConfiguration, faults: FaultSwitch?) {
        self.faults = faults ?? FaultSwitch(configuration.faults)
        prices = PriceBoard(charged: configuration.prices, listed: configuration.listedPrices)
    }
}
