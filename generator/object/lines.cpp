#include "object/lines.hpp"

#include <cstring>

#include "support/format.hpp"

namespace bpfbuild::object {

namespace {

/// Words of the section, in this machine's byte order; those beyond its end are 0.
class Words {
 public:
  explicit Words(const Object& object)
      : bytes_(object.btf_ext.view), is_foreign_(object.foreign_byte_order) {}

  [[nodiscard]] std::uint32_t at(std::size_t offset) const {
    std::uint32_t word = 0;
    if (offset + sizeof word > bytes_.size()) return 0;
    std::memcpy(&word, bytes_.data() + offset, sizeof word);
    return is_foreign_ ? __builtin_bswap32(word) : word;
  }

 private:
  std::span<const std::byte> bytes_;
  bool is_foreign_;
};

}  // namespace

std::vector<LineRecord> read_line_records(const Object& object) {
  constexpr std::size_t header_length = 4, line_info_offset = 16, line_info_length = 20;  // offsets of fields
  constexpr std::size_t smallest_record = 16;
  const Words words(object);
  const std::string_view strings = object.types.strings();
  const auto text = [&](std::uint32_t offset) {
    return offset < strings.size() ? std::string(object.types.string(offset)) : std::string();
  };

  std::vector<LineRecord> records;
  std::size_t at = std::size_t{words.at(header_length)} + words.at(line_info_offset);
  const std::size_t end = std::min(at + words.at(line_info_length), object.btf_ext.view.size());
  const std::size_t size = words.at(at);
  if (size < smallest_record) return records;
  for (at += 4; at + 8 <= end;) {
    const std::string section = text(words.at(at));
    const std::size_t count = words.at(at + 4);
    at += 8;
    for (std::size_t i = 0; i < count && at + size <= end; ++i, at += size) {
      const std::uint32_t line = words.at(at + 12) >> 10;  // the rest is the column
      records.push_back(
          {section, words.at(at), text(words.at(at + 4)), line, text(words.at(at + 8)), at + 8});
    }
  }
  return records;
}

Lines::Lines(const Object& object) {
  for (const LineRecord& record : read_line_records(object)) {
    if (record.file.empty() || record.line == 0) continue;
    places_[{record.section, record.offset}] = format("{}:{}", record.file, record.line);
  }
}

std::string Lines::at(std::string_view section, std::uint64_t offset) const {
  // The last one that begins at or before the offset.
  auto next = places_.upper_bound({std::string(section), offset});
  if (next == places_.begin()) return {};
  --next;
  return next->first.first == section ? next->second : std::string();
}

}  // namespace bpfbuild::object
