// What the package uses of Foundation, by one import: files, JSON, dates, and C's mathematics.
//
// On Linux that is FoundationEssentials. The whole of Foundation would bring ICU's data a second time into a program that has Swift's
// runtime in it: 34 MB more to load and to download.
#if canImport(FoundationEssentials)
    @_exported import FoundationEssentials
#else
    @_exported import Foundation
#endif
#if canImport(Glibc)
    @_exported import Glibc
#elseif canImport(Musl)
    @_exported import Musl
#else
    @_exported import Darwin
#endif
