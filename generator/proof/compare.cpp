#include "proof/compare.hpp"

#include <algorithm>
#include <string_view>

#include "support/format.hpp"

namespace bpfbuild::proof {

namespace {

constexpr std::uint64_t instruction_size = 8;

using Named = std::map<std::uint64_t, std::string>;

std::string at(const Named& names, std::uint64_t offset) {
  const auto found = names.find(offset);
  return found == names.end() ? "nothing" : found->second;
}

/// What lies at an offset or last before it.
std::string_view before(const Named& names, std::uint64_t offset) {
  const auto next = names.upper_bound(offset);
  return next == names.begin() ? std::string_view() : std::string_view(std::prev(next)->second);
}

std::string hexadecimal(const std::vector<std::byte>& bytes, std::uint64_t from) {
  std::string text;
  for (std::uint64_t i = from; i < std::min<std::uint64_t>(from + instruction_size, bytes.size()); ++i) {
    text += format("{}{:02x}", text.empty() ? "" : " ", std::to_integer<unsigned>(bytes[i]));
  }
  return text.empty() ? "nothing" : text;
}

/// Whether an instruction is the same, or, when CO-RE patches it, the same but for its offset and immediate.
bool is_same(const Section& expected, const Section& found, std::uint64_t from, bool is_patched) {
  if (from + instruction_size > std::min(expected.bytes.size(), found.bytes.size())) return false;
  const auto* const a = expected.bytes.data() + from;
  return std::equal(a, a + (is_patched ? 2 : instruction_size), found.bytes.data() + from);
}

class Comparison {
 public:
  Comparison(const std::string& name, const Section& expected, const Section& found)
      : name_(name), expected_(expected), found_(found) {}

  std::optional<std::string> code() const {
    const std::uint64_t size = std::max(expected_.size, found_.size);
    for (std::uint64_t i = 0; i < size; i += instruction_size) {
      const std::string wanted = at(expected_.relocations, i), got = at(found_.relocations, i);
      if (wanted != got) return told(i, "the relocation", got, wanted);
      if (const auto other = references(i)) return other;
      if (!is_same(expected_, found_, i, wanted != "nothing")) {
        std::string text =
            told(i, "the instruction", hexadecimal(found_.bytes, i), hexadecimal(expected_.bytes, i));
        const std::string_view last = before(expected_.relocations, i);
        if (!last.empty()) text += format(", behind the {}", last);
        return text;
      }
    }
    if (expected_.functions != found_.functions) return format("section '{}' has other functions", name_);
    return std::nullopt;
  }

  std::optional<std::string> data() const {
    if (expected_.size != found_.size) {
      return format("section '{}' has {} bytes, expected {}", name_, found_.size, expected_.size);
    }
    for (std::uint64_t i = 0; i < expected_.size; ++i) {
      if (const auto other = references(i)) return other;
    }
    if (expected_.bytes != found_.bytes) return format("section '{}' has other contents", name_);
    return std::nullopt;
  }

 private:
  std::optional<std::string> references(std::uint64_t offset) const {
    const std::string wanted = at(expected_.references, offset), got = at(found_.references, offset);
    if (wanted == got) return std::nullopt;
    return told(offset, "the reference", got, wanted);
  }

  std::string told(std::uint64_t offset, std::string_view what, std::string_view got,
                   std::string_view wanted) const {
    std::string where(before(expected_.functions, offset));
    where = where.empty() ? format("section '{}'", name_) : format("program '{}'", where);
    return format("{}: {} at {} is '{}', expected '{}'", where, what, offset, got, wanted);
  }

  const std::string& name_;
  const Section& expected_;
  const Section& found_;
};

}  // namespace

std::optional<std::string> difference(const Object& expected, const Object& found) {
  for (const auto& [name, section] : expected.sections) {
    const auto other = found.sections.find(name);
    if (other == found.sections.end()) return format("there is no section '{}'", name);
    const Comparison comparison(name, section, other->second);
    const auto different = section.is_code ? comparison.code() : comparison.data();
    if (different) return different;
  }
  for (const auto& [name, section] : found.sections) {
    if (expected.sections.count(name) == 0) return format("there is a section '{}'", name);
  }
  for (const auto& [name, wanted] : expected.declarations) {
    const auto other = found.declarations.find(name);
    const std::string got = other == found.declarations.end() ? "absent" : other->second;
    if (got != wanted) return format("{} is '{}', expected '{}'", name, got, wanted);
  }
  for (const auto& [name, got] : found.declarations) {
    if (expected.declarations.count(name) == 0) return format("{} is not expected", name);
  }
  return std::nullopt;
}

}  // namespace bpfbuild::proof
