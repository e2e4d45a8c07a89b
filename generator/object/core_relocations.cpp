#include "object/core_relocations.hpp"

#include <array>
#include <cstring>

#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::object {

namespace {

constexpr std::array<std::string_view, 13> questions = {
    "byte offset", "byte size", "existence", "signedness", "left shift", "right shift", "local id",
    "kernel's id", "existence", "size",      "existence",  "value",      "likeness"};

Error damaged(std::string what) { return Error(std::move(what)).at(".BTF.ext"); }

/// Words of the section, in whichever byte order its magic number shows.
class Words {
 public:
  explicit Words(std::span<const std::byte> bytes) : bytes_(bytes) {
    std::uint16_t magic = 0;
    if (bytes.size() >= sizeof magic) std::memcpy(&magic, bytes.data(), sizeof magic);
    is_foreign_ = magic == __builtin_bswap16(btf::magic);
    if (magic != btf::magic && !is_foreign_) {
      throw damaged(format("begins with 0x{:04x}, not with the magic number 0x{:04x}", magic, btf::magic));
    }
  }

  [[nodiscard]] std::uint32_t at(std::uint64_t offset) const {
    if (offset + sizeof(std::uint32_t) > bytes_.size()) {
      throw damaged(format("cut off at 0x{:x}, where more was to follow", bytes_.size()));
    }
    std::uint32_t word = 0;
    std::memcpy(&word, bytes_.data() + offset, sizeof word);
    return is_foreign_ ? __builtin_bswap32(word) : word;
  }

 private:
  std::span<const std::byte> bytes_;
  bool is_foreign_ = false;
};

}  // namespace

std::string_view question(CoreKind kind) { return questions[static_cast<std::size_t>(kind)]; }

std::vector<CoreRelocation> read_core_relocations(std::span<const std::byte> btf_ext,
                                                  const btf::TypeTable& types) {
  // Offsets of fields of struct btf_ext_header, and the least size of struct bpf_core_relo.
  constexpr std::uint64_t header_length = 4, relocation_offset = 24, relocation_length = 28;
  constexpr std::uint32_t header_with_relocations = 32, smallest_record = 16;

  std::vector<CoreRelocation> all;
  if (btf_ext.empty()) return all;
  const Words words(btf_ext);
  const std::uint32_t length = words.at(header_length);
  if (length < header_with_relocations) return all;
  std::uint64_t at = std::uint64_t{length} + words.at(relocation_offset);
  const std::uint64_t end = at + words.at(relocation_length);
  if (at == end) return all;

  const auto text = [&](std::uint32_t offset) {
    if (offset >= types.strings().size()) {
      throw damaged(format("string at offset {} is past the end of the strings", offset));
    }
    return std::string(types.string(offset));
  };
  const std::uint32_t record = words.at(at);
  if (record < smallest_record) {
    throw damaged(format("relocations of {} bytes are below {}", record, smallest_record));
  }
  for (at += 4; at < end;) {
    const std::string section = text(words.at(at));
    const std::uint32_t count = words.at(at + 4);
    at += 8;
    for (std::uint32_t i = 0; i < count; ++i, at += record) {
      const std::uint32_t kind = words.at(at + 12);
      if (kind >= questions.size()) {
        throw Error(format("relocation of kind {} in '{}' is unknown", kind, section),
                    "a newer bpfbuild may know it")
            .at(".BTF.ext");
      }
      const btf::TypeId type = words.at(at + 4);
      if (type >= types.id_count()) {
        throw damaged(format("relocation in '{}' refers to missing type [{}]", section, type));
      }
      all.push_back({section, words.at(at), type, text(words.at(at + 8)), static_cast<CoreKind>(kind)});
    }
  }
  return all;
}

}  // namespace bpfbuild::object
