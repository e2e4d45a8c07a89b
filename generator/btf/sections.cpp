#include "btf/sections.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::btf {

namespace {

constexpr std::uint32_t swapped(std::uint32_t word) { return __builtin_bswap32(word); }

struct Header {
  std::uint32_t length, type_offset, type_length, string_offset, string_length;
  bool foreign_byte_order;

  /// Of at least header_size bytes.
  explicit Header(std::span<const std::byte> bytes) {
    std::uint16_t found_magic = 0;
    std::memcpy(&found_magic, bytes.data(), sizeof found_magic);
    foreign_byte_order = found_magic == __builtin_bswap16(magic);
    const auto word = [&](std::size_t offset) {
      std::uint32_t value = 0;
      std::memcpy(&value, bytes.data() + offset, sizeof value);
      return foreign_byte_order ? swapped(value) : value;
    };
    length = word(4);
    type_offset = word(8);
    type_length = word(12);
    string_offset = word(16);
    string_length = word(20);
  }

  [[nodiscard]] std::uint64_t types_end() const { return std::uint64_t{length} + type_offset + type_length; }
  [[nodiscard]] std::uint64_t strings_end() const {
    return std::uint64_t{length} + string_offset + string_length;
  }
};

Header read_header(std::span<const std::byte> bytes) {
  const auto fail = [](std::string what, std::string_view what_to_do = {}) {
    return Error(std::move(what), what_to_do).at(".BTF");
  };
  if (bytes.size() < header_size) {
    throw fail(format("{} bytes are too few for the header of {}", bytes.size(), header_size));
  }
  std::uint16_t found = 0;
  std::memcpy(&found, bytes.data(), sizeof found);
  if (found != magic && found != __builtin_bswap16(magic)) {
    throw fail(format("begins with 0x{:04x}, not with the magic number 0x{:04x}", found, magic));
  }
  const auto found_version = std::to_integer<unsigned>(bytes[2]);
  if (found_version != version) {
    throw fail(format("version {} is unknown, expected {}", found_version, version));
  }
  const auto flags = std::to_integer<unsigned>(bytes[3]);
  if (flags != 0) {
    throw fail(format("flags 0x{:02x} are unknown, expected none", flags), "a newer bpfbuild may know them");
  }

  const Header header(bytes);
  if (header.length < header_size) {
    throw fail(format("header length {} is below {}", header.length, header_size));
  }
  const auto check_end = [&](std::string_view section, std::uint64_t end) {
    if (end > bytes.size()) {
      throw fail(format("{} ends at 0x{:x}, past the section end 0x{:x}", section, end, bytes.size()));
    }
  };
  check_end("type table", header.types_end());
  check_end("string table", header.strings_end());
  if (header.type_offset % 4 != 0 || header.type_length % 4 != 0) {
    throw fail(format("type table at offset {} with {} bytes is not made of 32-bit words", header.type_offset,
                      header.type_length));
  }
  return header;
}

/// Words of this machine's byte order at an aligned address: in place if they are that already, else a copy.
void take_words(Sections& sections, std::span<const std::byte> bytes, bool foreign_byte_order) {
  const std::size_t count = bytes.size() / sizeof(std::uint32_t);
  const bool aligned = reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(std::uint32_t) == 0;
  if (aligned && !foreign_byte_order) {
    sections.words = {reinterpret_cast<const std::uint32_t*>(bytes.data()), count};
    return;
  }
  std::shared_ptr<std::uint32_t[]> words(new std::uint32_t[count]);
  std::memcpy(words.get(), bytes.data(), bytes.size());
  if (foreign_byte_order) std::transform(words.get(), words.get() + count, words.get(), swapped);
  sections.words = {words.get(), count};
  sections.owners.push_back(std::move(words));
}

}  // namespace

Sections read_sections(const Bytes& bytes) {
  const Header header = read_header(bytes.view);
  const std::span<const std::byte> body = bytes.view.subspan(header.length);
  const auto strings = body.subspan(header.string_offset, header.string_length);
  if (!strings.empty() && strings.back() != std::byte{0}) {
    throw Error("string table does not end with a NUL byte").at(".BTF");
  }
  Sections sections;
  sections.owners.push_back(bytes.owner);
  sections.strings = {reinterpret_cast<const char*>(strings.data()), strings.size()};
  take_words(sections, body.subspan(header.type_offset, header.type_length), header.foreign_byte_order);
  return sections;
}

std::optional<std::size_t> size_of_btf(std::span<const std::byte> bytes) {
  if (bytes.size() < header_size) return std::nullopt;
  const Header header(bytes);
  const std::uint64_t end = std::max(header.types_end(), header.strings_end());
  if (header.length < header_size || end > bytes.size()) return std::nullopt;
  return static_cast<std::size_t>(end);
}

}  // namespace bpfbuild::btf
