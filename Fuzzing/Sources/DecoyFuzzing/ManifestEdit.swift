import DurableStorage

@testable import LexicalSearch

/// An edit of a manifest: what to change (1 byte), of which segment and field (1 byte), and a small number (1 byte).
enum ManifestEdit {
    static let size = 3
    static let count: UInt8 = 24

    static func apply(_ input: inout FuzzInput, to manifest: inout Manifest) {
        let operation = input.byte() % count
        let place = Int(input.byte())
        let number = Int(input.byte())
        switch operation {
        case 0: manifest.storesText.toggle()
        case 1: manifest.storesPositions = [nil, true, false][number % 3]
        case 2: manifest.fields = nil
        case 3:
            let texts = [
                "title", "title,text", "title,text=3,tags", "tags=0,text", "text,title,tags,year", "text=1000",
            ]
            manifest.fields = try? FieldWeights(parsing: texts[number % texts.count])
        case 4: manifest.nextSegment = number - 1
        case 5: manifest.generation = number - 1
        default:
            if manifest.segments.isEmpty { return }
            let chosen = place % manifest.segments.count
            if operation == 6 {
                manifest.segments.remove(at: chosen)
            } else if operation == 7 {
                manifest.segments.append(manifest.segments[chosen])
            } else {
                edit(&manifest.segments[chosen], operation, field: place / 16, number)
            }
        }
    }

    private static func edit(_ segment: inout Manifest.Segment, _ operation: UInt8, field: Int, _ number: Int) {
        switch operation {
        case 8: segment.documentCount = number
        case 9: segment.documentsWithTerms = number == 0 ? nil : number - 1
        case 10: segment.texts = nil
        case 11: segment.columns = nil
        case 12: segment.metadataCount = number == 0 ? nil : number - 1
        case 13: segment.deletions = nil
        case 14: segment.deletions?.documentCount = number
        case 15: segment.deletions?.documentsWithTerms = number == 0 ? nil : number - 1
        case 16: segment.name = ["", "segment-\(number)", "x/y", "manifest", "run-1"][number % 5]
        default:
            if segment.fields.isEmpty { return }
            edit(&segment, operation, chosen: field % segment.fields.count, number)
        }
    }

    private static func edit(_ segment: inout Manifest.Segment, _ operation: UInt8, chosen: Int, _ number: Int) {
        let other = number % segment.fields.count
        switch operation {
        case 17: segment.fields[chosen].positions = nil
        case 18: segment.fields[chosen].corrections = nil
        case 19: segment.fields[chosen].corrections?.documentCount = number
        case 20: segment.fields.swapAt(chosen, other)
        case 21: segment.fields.remove(at: chosen)
        case 22: segment.fields[chosen].name = ["contents", "title", "text", "tags", ""][number % 5]
        default:
            (segment.fields[chosen].positions, segment.columns) = (segment.columns, segment.fields[chosen].positions)
        }
    }
}
