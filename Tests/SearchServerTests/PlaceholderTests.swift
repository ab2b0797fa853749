import SearchServer
import Testing
