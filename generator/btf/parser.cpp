#include "btf/parser.hpp"

#include <fmt/format.h>

#include <cstring>
#include <utility>

#include "btf/check.hpp"
#include "support/error.hpp"

namespace bpfbuild::btf {

namespace {

constexpr std::uint32_t swapped(std::uint32_t word) { return __builtin_bswap32(word); }

struct Header {
  std::uint32_t length, type_offset, type_length, string_offset, string_length;
  bool foreign_byte_order;
};

Header read_header(std::span<const std::byte> bytes) {
  const auto fail = [](std::string what) { return Error(std::move(what)).at(".BTF"); };
  if (bytes.size() < header_size) {
    throw fail(fmt::format("{} bytes are too few for the header of {}", bytes.size(), header_size));
  }
  std::uint16_t found = 0;
  std::memcpy(&found, bytes.data(), sizeof found);
  const bool foreign = found == __builtin_bswap16(magic);
  if (!foreign && found != magic) {
    throw fail(fmt::format("begins with 0x{:04x}, not with the magic number 0x{:04x}", found, magic));
  }
  const auto found_version = std::to_integer<unsigned>(bytes[2]);
  if (found_version != version) {
    throw fail(fmt::format("version {} is unknown, expected {}", found_version, version));
  }

  const auto word = [&](std::size_t offset) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return foreign ? swapped(value) : value;
  };
  const Header header{word(4), word(8), word(12), word(16), word(20), foreign};
  if (header.length < header_size) {
    throw fail(fmt::format("header length {} is below {}", header.length, header_size));
  }
  const auto check_end = [&](std::string_view section, std::uint32_t offset, std::uint32_t length) {
    const std::uint64_t end = std::uint64_t{header.length} + offset + length;
    if (end > bytes.size()) {
      throw fail(fmt::format("{} ends at 0x{:x}, past the section end 0x{:x}", section, end, bytes.size()));
    }
  };
  check_end("type table", header.type_offset, header.type_length);
  check_end("string table", header.string_offset, header.string_length);
  if (header.type_offset % 4 != 0 || header.type_length % 4 != 0) {
    throw fail(fmt::format("type table at offset {} with {} bytes is not made of 32-bit words",
                           header.type_offset, header.type_length));
  }
  return header;
}

}  // namespace

class Parser {
 public:
  explicit Parser(const Bytes& bytes) : header_(read_header(bytes.view)) {
    table_.owners_.push_back(bytes.owner);
    take_strings(bytes.view.subspan(header_.length).subspan(header_.string_offset, header_.string_length));
    take_words(bytes.view.subspan(header_.length).subspan(header_.type_offset, header_.type_length));
  }

  TypeTable parse() {
    index();
    guess_pointer_size();
    check(table_);
    return std::move(table_);
  }

 private:
  void take_strings(std::span<const std::byte> section) {
    const std::string_view strings(reinterpret_cast<const char*>(section.data()), section.size());
    if (strings.empty() || strings.back() != '\0') {
      throw Error("string table does not end with a NUL byte").at(".BTF");
    }
    if (strings.front() != '\0') {
      throw Error("string table does not begin with the empty string",
                  "the BTF of a module continues that of its kernel and cannot be read alone")
          .at(".BTF");
    }
    table_.strings_ = strings;
  }

  /// Words of this machine's byte order at an aligned address: in place if they are that already, else a
  /// copy.
  void take_words(std::span<const std::byte> section) {
    word_count_ = static_cast<std::uint32_t>(section.size() / sizeof(std::uint32_t));
    const bool aligned = reinterpret_cast<std::uintptr_t>(section.data()) % alignof(std::uint32_t) == 0;
    if (aligned && !header_.foreign_byte_order) {
      table_.words_ = reinterpret_cast<const std::uint32_t*>(section.data());
      return;
    }
    std::shared_ptr<std::uint32_t[]> words(new std::uint32_t[word_count_]);
    std::memcpy(words.get(), section.data(), section.size());
    if (header_.foreign_byte_order) {
      for (std::uint32_t i = 0; i < word_count_; ++i) words[i] = swapped(words[i]);
    }
    table_.words_ = words.get();
    table_.owners_.push_back(std::move(words));
  }

  /// Finds where each type starts, and that it ends within the section.
  void index() {
    table_.starts_.reserve(word_count_ / 6);  // about what kernels need
    table_.starts_.push_back(0);
    for (std::uint32_t at = 0; at < word_count_;) {
      const auto id = table_.id_count();
      const std::uint32_t left = word_count_ - at;
      if (left < 3) throw Error(fmt::format("type [{}]: cut off by the end of the type table", id));

      const std::uint32_t info = table_.words_[at + 1];
      const std::uint32_t kind = info >> 24 & 0x1f;
      if (kind == 0 || kind > last_kind) {
        throw Error(fmt::format("type [{}]: unknown kind {}", id, kind),
                    kind == 0 ? "" : "a newer bpfbuild may know it");
      }
      const Items items = items_of(static_cast<Kind>(kind));
      const std::uint32_t words = 3 + items.words * (items.counted ? info & 0xffff : 1);
      if (left < words) {
        throw Error(fmt::format("type [{}] {}: cut off by the end of the type table", id,
                                kind_name(static_cast<Kind>(kind))));
      }
      table_.starts_.push_back(at);
      at += words;
    }
  }

  /// The one type whose size follows the pointers of every kernel and every compiler for BPF is `long`.
  void guess_pointer_size() {
    for (TypeId id = 1; id < table_.id_count(); ++id) {
      const Type type = table_[id];
      if (type.kind() != Kind::integer || type.name_offset() >= table_.strings_.size()) continue;
      const std::string_view name = type.name();
      if (name != "long int" && name != "long unsigned int" && name != "long" && name != "unsigned long") {
        continue;
      }
      if (type.size() == 4 || type.size() == 8) table_.pointer_size_ = type.size();
      return;
    }
  }

  Header header_;
  TypeTable table_;
  std::uint32_t word_count_ = 0;
};

TypeTable parse(const Bytes& bytes) { return Parser(bytes).parse(); }

}  // namespace bpfbuild::btf
