import Essentials

/// The natural logarithm of the gamma function for positive arguments.
///
/// Abramowitz and Stegun, Handbook of Mathematical Functions (1964): the recurrence 6.1.15 up to an argument of 15, then Stirling's
/// series 6.1.41 with its first seven correction terms; relative error about 1e-15.
func logGamma(_ argument: Double) -> Double {
    var x = argument
    var product = 1.0
    while x < 15 {
        product *= x
        x += 1
    }
    // B(2n) / (2n (2n − 1)) as divisors, but for the sixth, −691 / 360360.
    let divisors: [Double] = [12, -360, 1260, -1680, 1188, -360360.0 / 691, 156]
    let square = 1 / (x * x)
    var series = 0.0
    for divisor in divisors.reversed() { series = series * square + 1 / divisor }
    let logRootTwoPi: Double = 0.918_938_533_204_672_7
    let leading: Double = (x - 0.5) * log(x) - x + logRootTwoPi
    return leading + series / x - log(product)
}
