import DecoyCLI

@main
enum DecoyMain {
    static func main() {
        CommandLineProgram.run(Array(CommandLine.arguments.dropFirst()))
    }
}
