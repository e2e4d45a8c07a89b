/// Kernel symbols, for %ps and %pB.
#include <algorithm>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "log_format.hpp"

namespace bpfbuild {

namespace {

/// No function is larger; what is further behind a symbol is not part of it.
constexpr std::uint64_t largest_function = 1 << 20;

using Symbol = std::pair<std::uint64_t, std::string>;

/// Those of code, by address; none when the kernel hides the addresses.
std::vector<Symbol> read_symbols() {
  std::vector<Symbol> symbols;
  std::ifstream file("/proc/kallsyms");
  for (std::string line; std::getline(file, line);) {
    std::uint64_t address = 0;
    char type = 0;
    char name[512];
    if (std::sscanf(line.c_str(), "%" SCNx64 " %c %511s", &address, &type, name) != 3) continue;
    if (address != 0 && type != 'a' && type != 'A') symbols.emplace_back(address, name);
  }
  // Of several at one address, the first in the file.
  std::stable_sort(symbols.begin(), symbols.end(),
                   [](const Symbol& a, const Symbol& b) { return a.first < b.first; });
  return symbols;
}

}  // namespace

std::string kernel_symbol(unsigned long long address, bool with_offset) {
  static const std::vector<Symbol> symbols = read_symbols();
  char number[24];
  auto next = std::upper_bound(symbols.begin(), symbols.end(), address,
                               [](std::uint64_t a, const Symbol& symbol) { return a < symbol.first; });
  if (next == symbols.begin() || address - std::prev(next)->first >= largest_function) {
    std::snprintf(number, sizeof(number), "0x%llx", address);
    return number;
  }
  const std::uint64_t start = std::prev(next)->first;
  const auto symbol = std::lower_bound(symbols.begin(), next, start,
                                       [](const Symbol& each, std::uint64_t a) { return each.first < a; });
  if (!with_offset) return symbol->second;
  std::snprintf(number, sizeof(number), "+0x%llx", address - start);
  return symbol->second + number;
}

}  // namespace bpfbuild
