#define FMT_HEADER_ONLY  // the functions of the library come from its headers
#include "support/format.hpp"

#include <fmt/format.h>

namespace bpfbuild {

std::string vformat(fmt::string_view text, fmt::format_args arguments) {
  return fmt::vformat(text, arguments);
}

}  // namespace bpfbuild
