#include "emit/enumeration.hpp"

#include <fmt/format.h>

#include <iterator>
#include <limits>

namespace bpfbuild::emit {

std::string_view enum_attribute(btf::Type type) {
  switch (type.size()) {
    case 1:
      return " __attribute__((mode(QI)))";
    case 2:
      return " __attribute__((mode(HI)))";
    case 8:
      return " __attribute__((mode(DI)))";
    default:
      return "";
  }
}

void append_enumerator_value(std::string& text, btf::Type type, std::int64_t value) {
  const bool wide = type.kind() == btf::Kind::enum64;
  if (!type.kind_flag()) {
    text.append(fmt::format_int(static_cast<std::uint64_t>(value)).c_str()).append(wide ? "ULL" : "");
  } else if (value == std::numeric_limits<std::int64_t>::min()) {
    fmt::format_to(std::back_inserter(text), "({}LL - 1)", value + 1);
  } else {
    text.append(fmt::format_int(value).c_str()).append(wide ? "LL" : "");
  }
}

}  // namespace bpfbuild::emit
