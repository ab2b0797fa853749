/// How large a difference is beside the spread of the differences over queries, and how large one must be to be found.
enum EffectSize {
    /// The mean in standard deviations (n − 1): Cohen's d for paired samples, d_z.
    ///
    /// Cohen, Statistical Power Analysis for the Behavioral Sciences (1988), section 2.3.5. Nil for fewer than two differences, or where
    /// all are equal.
    static func paired(_ differences: [Double]) -> Double? {
        spread(differences).map { Statistics.mean(differences) / $0 }
    }

    /// The smallest true mean difference that a two-sided paired t-test finds at `level` with a chance of `power`.
    ///
    /// The true spread is taken to be that of the differences at hand. Exact under normal differences: the d at which
    /// P(|T| > t) = `power`, where T is noncentral t with n − 1 degrees of freedom and noncentrality d √n, and t is Student's quantile
    /// (Cohen 1988, chapter 2; statsmodels' `TTestPower.solve_power`). Nil for fewer than two differences, or where all are equal.
    ///
    /// Complexity: O(n), and some 50 evaluations of the noncentral t.
    static func minimumDetectable(_ differences: [Double], level: Double = 0.05, power: Double = 0.8) -> Double? {
        spread(differences).map { deviation in
            let root = Double(differences.count).squareRoot()
            return detectableNoncentrality(freedom: Double(differences.count - 1), level, power) / root * deviation
        }
    }

    /// The noncentrality at which the two-sided t-test has the power; found by halving, to the last digits.
    private static func detectableNoncentrality(freedom: Double, _ level: Double, _ power: Double) -> Double {
        let critical = Bisection.root(of: { t in
            level - regularizedIncompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
        })
        return Bisection.root(of: { delta in
            let statistic = NoncentralT(freedom: freedom, noncentrality: delta)
            return 1 - statistic.cumulative(critical) + statistic.cumulative(-critical) - power
        })
    }

    /// The standard deviation; nil where no two differences are further apart than rounding.
    private static func spread(_ differences: [Double]) -> Double? {
        guard let least = differences.min(), let greatest = differences.max(), greatest - least > Comparison.tie else {
            return nil
        }
        return Statistics.deviation(differences)
    }
}

/// Halving of an interval for a function that rises from below 0.
enum Bisection {
    /// The positive place where the function passes 0.
    ///
    /// Complexity: about 60 evaluations.
    static func root(of function: (Double) -> Double) -> Double {
        var high = 1.0
        while function(high) < 0, high < 1e9 { high *= 2 }
        var low = high == 1 ? 0 : high / 2
        while true {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { return middle }
            if function(middle) < 0 { low = middle } else { high = middle }
        }
    }
}
