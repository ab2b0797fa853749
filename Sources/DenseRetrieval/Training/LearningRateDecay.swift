/// How the learning rate goes on after warm-up.
///
/// With T steps in all, of which w = ⌈warm-up · T⌉ rise, step t (from 0) takes the share (t + 1) / w of the rate for t < w; after that, with
/// x = (t − w) / (T − w): none 1, linear 1 − x, cosine (1 + cos πx) / 2.
public enum LearningRateDecay: String, Sendable, Hashable, Codable, CaseIterable {
    /// It stays.
    case none
    /// It falls on a line to 0 after the last step.
    case linear
    /// It falls on half a wave of the cosine to 0 after the last step (Loshchilov and Hutter: SGDR, ICLR 2017, equation 5, without
    /// restarts).
    case cosine
}
