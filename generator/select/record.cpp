#include "select/record.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "select/spec.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::select {

namespace {

using namespace std::string_view_literals;
using btf::Kind;
using btf::Type;
using btf::TypeId;
using tracefs::Field;
using tracefs::Place;

struct BuiltIn {
  std::string_view words;  // sorted
  std::string_view spelling;
  std::uint32_t size;  // on BPF
  bool is_signed;
};

constexpr std::array built_ins{
    BuiltIn{"char", "char", 1, true},
    BuiltIn{"char signed", "signed char", 1, true},
    BuiltIn{"char unsigned", "unsigned char", 1, false},
    BuiltIn{"short", "short", 2, true},
    BuiltIn{"int short", "short", 2, true},
    BuiltIn{"short unsigned", "unsigned short", 2, false},
    BuiltIn{"int short unsigned", "unsigned short", 2, false},
    BuiltIn{"int", "int", 4, true},
    BuiltIn{"signed", "int", 4, true},
    BuiltIn{"int signed", "int", 4, true},
    BuiltIn{"unsigned", "unsigned int", 4, false},
    BuiltIn{"int unsigned", "unsigned int", 4, false},
    BuiltIn{"long", "long", 8, true},
    BuiltIn{"int long", "long", 8, true},
    BuiltIn{"long unsigned", "unsigned long", 8, false},
    BuiltIn{"int long unsigned", "unsigned long", 8, false},
    BuiltIn{"long long", "long long", 8, true},
    BuiltIn{"int long long", "long long", 8, true},
    BuiltIn{"long long unsigned", "unsigned long long", 8, false},
    BuiltIn{"int long long unsigned", "unsigned long long", 8, false},
    BuiltIn{"_Bool", "_Bool", 1, false},
    BuiltIn{"bool", "_Bool", 1, false},
    // Those that every header has.
    BuiltIn{"__s8", "__s8", 1, true},
    BuiltIn{"__u8", "__u8", 1, false},
    BuiltIn{"__s16", "__s16", 2, true},
    BuiltIn{"__u16", "__u16", 2, false},
    BuiltIn{"__s32", "__s32", 4, true},
    BuiltIn{"__u32", "__u32", 4, false},
    BuiltIn{"__s64", "__s64", 8, true},
    BuiltIn{"__u64", "__u64", 8, false},
};

/// What the kernel's checkers and some architectures add to types.
bool is_annotation(std::string_view word) {
  constexpr std::array annotations{"__force"sv, "__iomem"sv,  "__kernel"sv, "__percpu"sv,
                                   "__rcu"sv,   "__seg_fs"sv, "__seg_gs"sv, "__user"sv};
  return std::binary_search(annotations.begin(), annotations.end(), word);
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Names, and other characters each by itself.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_name_character(text[end])) ++end;
    if (end == at) ++end;
    if (const std::string_view word = text.substr(at, end - at); word != " ") words.push_back(word);
    at = end;
  }
  return words;
}

std::string integer_of(std::uint32_t size, bool is_signed) {
  return format("__{}{}", is_signed ? 's' : 'u', size * 8);
}

bool is_integer_size(std::uint32_t size) { return size == 1 || size == 2 || size == 4 || size == 8; }

/// A name that C can have: tracefs knows no keywords.
std::string c_name(const std::string& name) { return is_c_identifier(name) ? name : name + "_"; }

std::string struct_name(const std::string& event) {
  std::string name = event + "_args";
  std::replace(name.begin(), name.end(), '-', '_');
  return name[0] >= '0' && name[0] <= '9' ? "_" + name : name;
}

std::string text_of(const Field& field) {
  std::string text = field.type;
  if (field.is_array) text += field.count == 0 ? "[]" : format("[{}]", field.count);
  return text;
}

bool are_same_integer(Type a, Type b) {
  return a.kind() == Kind::integer && b.kind() == Kind::integer && a.size() == b.size() &&
         a.is_signed_integer() == b.is_signed_integer();
}

/// An integer of the field's size, an array of them, or bytes.
void take_integers(const Field& field, RecordField& result) {
  const std::uint32_t parts = field.is_array ? field.count : 1;
  result.before.clear();
  result.after.clear();
  result.type = 0;
  if (parts != 0 && field.size % parts == 0 && is_integer_size(field.size / parts)) {
    result.element_size = field.size / parts;
    result.base = integer_of(result.element_size, field.is_signed);
    if (field.is_array) result.count = parts;
  } else {
    result.element_size = 1;
    result.base = "__u8";
    result.count = field.size;
  }
}

}  // namespace

/// A type's text, taken apart.
struct RecordTypes::Spelling {
  std::optional<Kind> tag;  // struct, union or enum
  std::string name;         // of that, or of a typedef
  const BuiltIn* built_in = nullptr;
  bool is_void = false;
  bool is_const = false;  // what comes before the first asterisk
  std::string pointers;   // "*", "*const *"

  /// Nothing for what is no name with asterisks: a function, an expression.
  static std::optional<Spelling> parse(std::string_view text) {
    Spelling spelling;
    std::vector<std::string_view> base;
    for (const std::string_view word : words_of(text)) {
      if (is_annotation(word) || word == "volatile") continue;
      if (word == "*") {
        spelling.pointers += '*';
      } else if (word == "const" && spelling.pointers.empty()) {
        spelling.is_const = true;
      } else if (word == "const") {
        spelling.pointers += "const ";
      } else if (!spelling.pointers.empty() || !is_name_character(word.front())) {
        return std::nullopt;
      } else {
        base.push_back(word);
      }
    }
    if (const auto last = spelling.pointers.rfind('*'); last != std::string::npos) {
      spelling.pointers.resize(last + 1);  // whether the field itself is const means nothing to its reader
    }
    if (!spelling.take_base(base)) return std::nullopt;
    return spelling;
  }

 private:
  bool take_base(std::vector<std::string_view>& words) {
    if (words.size() == 2) {
      for (const Kind kind : {Kind::struct_, Kind::union_, Kind::enum_}) {
        if (words[0] != btf::kind_name(kind)) continue;
        tag = kind;
        name = words[1];
        return is_c_identifier(name);
      }
    }
    std::sort(words.begin(), words.end());
    const std::string sorted = joined(words, " ");
    is_void = sorted == "void";
    for (const BuiltIn& each : built_ins) {
      if (each.words == sorted) built_in = &each;
    }
    if (is_void || built_in != nullptr) return true;
    if (words.size() == 1) name = words[0];
    return words.size() == 1 && is_c_identifier(name);
  }
};

Record RecordTypes::record_of(std::string_view category, const tracefs::TracepointFormat& format) {
  Record record{std::string(category), format.name, struct_name(format.name), {}};
  for (const Field& field : format.fields) record.fields.push_back(field_of(field));
  return record;
}

RecordField RecordTypes::field_of(const Field& field) {
  RecordField result{};
  result.name = c_name(field.name);
  result.offset = field.offset;
  result.size = field.size;
  if (field.place != Place::here) {
    result.name = (field.place == Place::data_loc ? "__data_loc_" : "__rel_loc_") + field.name;
    result.base = "__u32";
    result.element_size = field.size;
    result.kernel_type = text_of(field);
  } else if (!take_type(field, result)) {
    take_integers(field, result);
    result.kernel_type = text_of(field);
  }
  return result;
}

bool RecordTypes::take_type(const Field& field, RecordField& result) {
  const auto spelling = Spelling::parse(field.type);
  if (!spelling) return false;
  if (!(spelling->pointers.empty() ? take_value(*spelling, field, result)
                                   : take_pointee(*spelling, field, result))) {
    return false;
  }
  if (result.element_size == 0) return false;
  const std::uint32_t count = field.size / result.element_size;
  if (count * result.element_size != field.size) return false;
  // Where the file does not tell the number of elements, it follows from the sizes.
  if (field.is_array ? field.count != 0 && field.count != count : count != 1) return false;
  if (field.is_array) result.count = count;
  if (result.type != 0) roots_.push_back({result.type, result.after.empty() ? Fields::whole() : Fields{}});
  return true;
}

bool RecordTypes::take_pointee(const Spelling& spelling, const Field& field, RecordField& result) {
  constexpr std::uint32_t pointer_size = 8;  // on BPF
  if (types_.pointer_size() != pointer_size) return false;
  result.element_size = pointer_size;
  result.before = spelling.is_const ? "const " : "";
  result.after = " " + spelling.pointers;
  if (spelling.built_in != nullptr) {
    result.base = spelling.built_in->spelling;
  } else if (spelling.tag && *spelling.tag != Kind::enum_) {
    result.base = format("{} {}", btf::kind_name(*spelling.tag), spelling.name);
  } else if (const TypeId type = spelling.is_void ? 0 : find(spelling, std::nullopt)) {
    result.type = type;
  } else {
    result.base = "void";
    if (!spelling.is_void) result.kernel_type = text_of(field);
  }
  return true;
}

bool RecordTypes::take_value(const Spelling& spelling, const Field& field, RecordField& result) {
  if (spelling.is_void) return false;
  if (spelling.built_in != nullptr) {
    const BuiltIn& type = *spelling.built_in;
    result.base = type.spelling;
    result.element_size = type.size;
    // Text is char, whatever sign that has in the kernel.
    return type.is_signed == field.is_signed || (field.is_array && type.spelling == "char");
  }
  if (field.is_array && field.count == 0) return false;
  const std::uint32_t count = field.is_array ? field.count : 1;
  result.element_size = field.size / count;
  result.type = find(spelling, result.element_size);
  const bool has_other_pointers = types_.pointer_size() != 8 && types_.resolved(result.type).is_record();
  return result.type != 0 && !has_other_pointers;
}

TypeId RecordTypes::find(const Spelling& spelling, std::optional<std::uint32_t> size) {
  const auto [known, is_new] = found_.try_emplace(spelling.name);
  if (is_new) known->second = types_.find(spelling.name);
  TypeId found = 0;
  for (const TypeId id : known->second) {
    const Type type = types_[id];
    const bool is_kind = !spelling.tag                  ? type.kind() == Kind::typedef_
                         : *spelling.tag == Kind::enum_ ? type.is_enum() && type.item_count() > 0
                                                        : type.kind() == *spelling.tag;
    if (!is_kind || (size && types_.size_of(id) != size)) continue;
    if (found == 0) {
      found = id;
    } else if (!are_same_integer(types_.resolved(found), types_.resolved(id))) {
      return 0;
    }
  }
  return found;
}

}  // namespace bpfbuild::select
