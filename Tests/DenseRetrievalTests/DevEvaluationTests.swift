import DecoyTestSupport
import Foundation
import Synchronization
import Testing

@testable import DenseRetrieval

@Suite("Evaluation during training")
struct DevEvaluationTests {
    private struct Stop: Error {}
    private let task = ToyTask(subjects: 40, seed: 6)

    /// Figures that rise and fall with the steps: the same model gets the same figure.
    private func evaluation(_ every: Int, patience: Int = 0) -> DevEvaluation {
        DevEvaluation(every: every, patience: patience, name: "toy") { model in
            Double(model.documentEncoder.table[3, 2])
        }
    }

    @Test("The best model is the result, ties go to the first, and patience stops training.")
    func best() throws {
        let options = ToyTask.options()
        let start = try DualEncoder(tokenizer: ToyTokenizer(), options: options)
        let seen = Mutex<[ModelIdentity]>([])
        let figures = [0.3, 0.5, 0.5, 0.4, 0.9]
        let dev = DevEvaluation(every: 2, patience: 2, name: "toy") { model in
            seen.withLock {
                $0.append(model.identity())
                return figures[$0.count - 1]
            }
        }
        let trained = try Trainer(task.set(), options: options).train(start, dev: dev)
        #expect(trained.report.evaluations.map(\.value) == [0.3, 0.5, 0.5, 0.4])
        #expect(trained.report.evaluations.map(\.step) == [2, 4, 6, 8] && trained.report.steps == 8)
        #expect(trained.model.identity() == seen.withLock { $0[1] })
        let byEpoch = try Trainer(task.set(), options: options).train(start, dev: evaluation(0))
        #expect(byEpoch.report.evaluations.map(\.step) == [3, 6, 9, 12])
    }

    @Test("Stopped after any step and resumed, the best model and all figures are those of an uninterrupted training.")
    func resumed() throws {
        let folder = try TemporaryFolder()
        for towers in Towers.allCases {
            let options = ToyTask.options { $0.towers = towers }
            let start = try DualEncoder(tokenizer: ToyTokenizer(), options: options)
            let trainer = try Trainer(task.set(), options: options)
            let whole = try trainer.train(start, dev: evaluation(2, patience: 3))
            for stop in 1..<whole.report.steps {
                #expect(throws: Stop.self) {
                    let first = try TrainingCheckpoints(path: folder.path("c"), every: 1, replaces: true)
                    _ = try trainer.train(start, checkpoints: first, dev: evaluation(2, patience: 3)) {
                        if $0.step == stop { throw Stop() }
                    }
                }
                let second = try TrainingCheckpoints(path: folder.path("c"), every: 1, resumes: true)
                let again = try trainer.train(start, checkpoints: second, dev: evaluation(2, patience: 3))
                #expect(again.model.identity() == whole.model.identity(), "\(towers) stopped at \(stop)")
                #expect(again.report.evaluations == whole.report.evaluations, "\(towers) stopped at \(stop)")
            }
        }
    }
}
