/// BTF made in memory, type by type, right or wrong.
#pragma once

#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "btf/format.hpp"
#include "btf/type_table.hpp"
#include "support/error.hpp"
#include "support/file.hpp"

namespace bpfbuild::test {

inline Bytes bytes_of(std::string_view contents) {
  std::shared_ptr<std::byte[]> memory(new std::byte[contents.size()]);
  std::memcpy(memory.get(), contents.data(), contents.size());
  return {{memory.get(), contents.size()}, memory};
}

/// The message of the Error that a call ends with; empty when it ends without one.
template <class Call>
std::string message_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

struct MemberSpec {
  std::string_view name;
  btf::TypeId type;
  std::uint32_t bit_offset;
  std::uint32_t bit_size = 0;
};

struct EnumeratorSpec {
  std::string_view name;
  std::int64_t value;
};

/// Each function that adds a type returns its id.
class BtfBuilder {
 public:
  std::string strings{'\0'};
  std::vector<std::uint32_t> words;  // the type section

  /// Split BTF, as of a module, on that of its kernel.
  static BtfBuilder continuing(const BtfBuilder& base) {
    BtfBuilder module;
    module.strings.clear();
    module.base_strings_ = base.string_bytes();
    module.last_ = base.last_;
    return module;
  }

  std::uint32_t string(std::string_view text) {
    if (text.empty()) return 0;
    const auto offset = static_cast<std::uint32_t>(base_strings_ + strings.size());
    strings.append(text).push_back('\0');
    return offset;
  }

  btf::TypeId add(btf::Kind kind, std::string_view name, std::uint32_t size_or_type,
                  std::initializer_list<std::uint32_t> items = {}, std::size_t count = 0, bool flag = false) {
    words.push_back(string(name));
    words.push_back(static_cast<std::uint32_t>(kind) << 24 | static_cast<std::uint32_t>(count) |
                    (flag ? 1U << 31 : 0));
    words.push_back(size_or_type);
    words.insert(words.end(), items);
    return ++last_;
  }

  btf::TypeId integer(std::string_view name, std::uint32_t size, std::uint32_t encoding = 0,
                      std::uint32_t bits = 0) {
    return add(btf::Kind::integer, name, size, {encoding << 24 | (bits != 0 ? bits : size * 8)});
  }
  btf::TypeId signed_integer(std::string_view name, std::uint32_t size) { return integer(name, size, 1); }
  btf::TypeId pointer(btf::TypeId to) { return add(btf::Kind::pointer, "", to); }
  btf::TypeId qualified(btf::Kind kind, btf::TypeId type) { return add(kind, "", type); }
  btf::TypeId alias(std::string_view name, btf::TypeId type) { return add(btf::Kind::typedef_, name, type); }
  btf::TypeId array(btf::TypeId element, std::uint32_t count) {
    return add(btf::Kind::array, "", 0, {element, element, count});
  }
  btf::TypeId forward(std::string_view name, bool is_union = false) {
    return add(btf::Kind::forward, name, 0, {}, 0, is_union);
  }

  btf::TypeId record(btf::Kind kind, std::string_view name, std::uint32_t size,
                     const std::vector<MemberSpec>& members) {
    bool has_bitfields = false;
    for (const MemberSpec& member : members) has_bitfields = has_bitfields || member.bit_size != 0;
    const btf::TypeId id = add(kind, name, size, {}, members.size(), has_bitfields);
    for (const MemberSpec& member : members) {
      words.insert(words.end(),
                   {string(member.name), member.type, member.bit_offset | member.bit_size << 24});
    }
    return id;
  }
  btf::TypeId structure(std::string_view name, std::uint32_t size, const std::vector<MemberSpec>& members) {
    return record(btf::Kind::struct_, name, size, members);
  }
  btf::TypeId union_of(std::string_view name, std::uint32_t size, const std::vector<MemberSpec>& members) {
    return record(btf::Kind::union_, name, size, members);
  }

  btf::TypeId enumeration(std::string_view name, const std::vector<EnumeratorSpec>& enumerators,
                          std::uint32_t size = 4, bool is_signed = false) {
    const btf::TypeId id = add(btf::Kind::enum_, name, size, {}, enumerators.size(), is_signed);
    for (const EnumeratorSpec& each : enumerators) {
      words.insert(words.end(), {string(each.name), static_cast<std::uint32_t>(each.value)});
    }
    return id;
  }
  btf::TypeId wide_enumeration(std::string_view name, const std::vector<EnumeratorSpec>& enumerators,
                               bool is_signed) {
    const btf::TypeId id = add(btf::Kind::enum64, name, 8, {}, enumerators.size(), is_signed);
    for (const EnumeratorSpec& each : enumerators) {
      const auto value = static_cast<std::uint64_t>(each.value);
      words.insert(words.end(), {string(each.name), static_cast<std::uint32_t>(value),
                                 static_cast<std::uint32_t>(value >> 32)});
    }
    return id;
  }

  btf::TypeId prototype(btf::TypeId result, const std::vector<btf::TypeId>& parameters) {
    const btf::TypeId id = add(btf::Kind::function_prototype, "", result, {}, parameters.size());
    for (const btf::TypeId parameter : parameters) words.insert(words.end(), {0, parameter});
    return id;
  }

  /// With a name for each parameter.
  btf::TypeId prototype_with_names(btf::TypeId result,
                                   const std::vector<std::pair<std::string_view, btf::TypeId>>& parameters) {
    const btf::TypeId id = add(btf::Kind::function_prototype, "", result, {}, parameters.size());
    for (const auto& [name, type] : parameters) words.insert(words.end(), {string(name), type});
    return id;
  }
  btf::TypeId function(std::string_view name, btf::TypeId prototype) {
    return add(btf::Kind::function, name, prototype);
  }
  btf::TypeId tag(std::string_view name, btf::TypeId target, std::uint32_t component = ~0U) {
    return add(btf::Kind::declaration_tag, name, target, {component});
  }
  btf::TypeId kfunc(std::string_view name, btf::TypeId prototype) {
    const btf::TypeId id = function(name, prototype);
    tag("bpf_kfunc", id);
    return id;
  }

  /// The file: header, types, strings.
  [[nodiscard]] std::string contents(bool foreign_byte_order = false) const {
    std::vector<std::uint32_t> all = {0, btf::header_size, 0, type_bytes(), type_bytes(), string_bytes()};
    all.insert(all.end(), words.begin(), words.end());
    std::uint16_t magic = btf::magic;
    if (foreign_byte_order) {
      for (std::uint32_t& word : all) word = __builtin_bswap32(word);
      magic = __builtin_bswap16(magic);
    }
    std::string text(reinterpret_cast<const char*>(all.data()), all.size() * sizeof all[0]);
    std::memcpy(text.data(), &magic, sizeof magic);
    text[2] = static_cast<char>(btf::version);
    text[3] = 0;
    return text + strings;
  }

  [[nodiscard]] Bytes bytes() const { return bytes_of(contents()); }

 private:
  [[nodiscard]] std::uint32_t type_bytes() const { return static_cast<std::uint32_t>(words.size() * 4); }
  [[nodiscard]] std::uint32_t string_bytes() const { return static_cast<std::uint32_t>(strings.size()); }

  std::uint32_t base_strings_ = 0;
  btf::TypeId last_ = 0;
};

}  // namespace bpfbuild::test
