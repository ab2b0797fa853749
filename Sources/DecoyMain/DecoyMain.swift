@main enum DecoyMain { static func main() {} }
