#include "emit/spelling.hpp"

#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::emit {

namespace {

struct BaseType {
  std::string_view spelling;
  std::uint32_t size;         // on BPF
  std::string_view names[3];  // by different compilers and ages of them
};

constexpr BaseType base_types[] = {
    {"char", 1, {"char"}},
    {"signed char", 1, {"signed char"}},
    {"unsigned char", 1, {"unsigned char"}},
    {"short", 2, {"short int", "short"}},
    {"unsigned short", 2, {"short unsigned int", "unsigned short"}},
    {"int", 4, {"int"}},
    {"unsigned int", 4, {"unsigned int", "unsigned"}},
    {"long", 8, {"long int", "long"}},
    {"unsigned long", 8, {"long unsigned int", "unsigned long"}},
    {"long long", 8, {"long long int", "long long"}},
    {"unsigned long long", 8, {"long long unsigned int", "unsigned long long"}},
    {"__int128", 16, {"__int128"}},
    {"unsigned __int128", 16, {"__int128 unsigned", "unsigned __int128"}},
    {"_Bool", 1, {"_Bool", "bool"}},
    {"float", 4, {"float"}},
    {"double", 8, {"double"}},
};

std::string_view integer_of_size(std::uint32_t size, bool is_signed) {
  switch (size) {
    case 1:
      return is_signed ? "signed char" : "unsigned char";
    case 2:
      return is_signed ? "short" : "unsigned short";
    case 4:
      return is_signed ? "int" : "unsigned int";
    case 8:
      return is_signed ? "long long" : "unsigned long long";
    default:
      return is_signed ? "__int128" : "unsigned __int128";
  }
}

}  // namespace

std::string_view spelling_of_base_type(btf::Type type) {
  for (const BaseType& base : base_types) {
    if (base.size != type.size()) continue;
    for (const std::string_view name : base.names) {
      if (!name.empty() && name == type.name()) return base.spelling;
    }
  }
  if (type.kind() == btf::Kind::integer) return integer_of_size(type.size(), type.is_signed_integer());
  if (type.size() == 4) return "float";
  if (type.size() == 8) return "double";
  throw Error(format("BPF has no '{}' of {} bytes", type.name(), type.size()))
      .at(format("type [{}]", type.id()));
}

}  // namespace bpfbuild::emit
