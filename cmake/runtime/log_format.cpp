#include "log_format.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cinttypes>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>

namespace bpfbuild {

namespace {

constexpr std::size_t header_size = 16;  // of bpfbuild_log_record
constexpr int longest = 1024;            // width and precision

/// One "%-5.3lld" of a format.
struct Conversion {
  std::string flags;
  int width = 0;
  int precision = -1;
  int bits = 32;
  char type = 0;             // 0 when the format ends within it
  std::string_view pointer;  // behind %p: "I4", "I6", "I6c", "M", "s", "S", "B", "x", or nothing
};

int take_number(std::string_view& rest) {
  int number = 0;
  for (; !rest.empty() && rest[0] >= '0' && rest[0] <= '9'; rest.remove_prefix(1))
    number = std::min(longest, number * 10 + rest[0] - '0');
  return number;
}

/// Takes a conversion, of which the % is taken already, off the format.
Conversion take_conversion(std::string_view& rest) {
  Conversion result;
  for (; !rest.empty() && std::strchr("-+ #0", rest[0]); rest.remove_prefix(1)) {
    if (result.flags.find(rest[0]) == std::string::npos) result.flags += rest[0];
  }
  result.width = take_number(rest);
  if (!rest.empty() && rest[0] == '.') {
    rest.remove_prefix(1);
    result.precision = take_number(rest);
  }
  for (; !rest.empty() && std::strchr("hljzt", rest[0]); rest.remove_prefix(1))
    result.bits = rest[0] != 'h' ? 64 : result.bits == 16 ? 8 : 16;
  if (rest.empty()) return result;
  result.type = rest[0];
  rest.remove_prefix(1);
  if (result.type != 'p') return result;
  for (const std::string_view kind : {"I4", "I6c", "I6", "MR", "M", "s", "S", "B", "x", "K"}) {
    if (rest.substr(0, kind.size()) != kind) continue;
    result.pointer = kind;
    rest.remove_prefix(kind.size());
    break;
  }
  return result;
}

std::string print(const Conversion& conversion, const char* type, ...) __attribute__((format(printf, 2, 3)));

/// Prints one argument with the flags, width and precision of the conversion: `type` is "%s", "%llu", ...
std::string print(const Conversion& conversion, const char* type, ...) {
  std::string format = "%" + conversion.flags;
  if (conversion.width > 0) format += std::to_string(conversion.width);
  if (conversion.precision >= 0) format += "." + std::to_string(conversion.precision);
  format += type + 1;
  char text[2 * longest + 64];
  va_list arguments;
  va_start(arguments, type);
  const int length = std::vsnprintf(text, sizeof(text), format.c_str(), arguments);
  va_end(arguments);
  return {text, static_cast<std::size_t>(std::clamp<int>(length, 0, sizeof(text) - 1))};
}

/// `text` as it is, with the width of the conversion; it may hold zeros.
std::string pad(const Conversion& conversion, std::string text) {
  const auto width = static_cast<std::size_t>(conversion.width);
  if (text.size() >= width) return text;
  if (conversion.flags.find('-') != std::string::npos) return text.append(width - text.size(), ' ');
  return text.insert(0, width - text.size(), ' ');
}

/// The bytes that a value refers to; no value when the kernel could not read them. Throws nothing: what
/// points out of the record is told by `damaged`.
std::optional<std::string_view> bytes_of(std::uint64_t value, std::string_view record, bool& damaged) {
  const std::uint64_t offset = value >> 32;
  const auto length = static_cast<std::int32_t>(static_cast<std::uint32_t>(value));
  damaged = false;
  if (length < 0) return std::nullopt;
  if (offset < header_size || offset > record.size() ||
      static_cast<std::uint64_t>(length) > record.size() - offset) {
    damaged = true;
    return std::nullopt;
  }
  return record.substr(offset, static_cast<std::size_t>(length));
}

std::string hex_bytes(std::string_view bytes, std::string_view separator, std::size_t group) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    char digits[3];
    std::snprintf(digits, sizeof(digits), "%02x", static_cast<unsigned char>(bytes[i]));
    if (i > 0 && i % group == 0) text += separator;
    text += digits;
  }
  return text;
}

std::string format_bytes(const Conversion& conversion, std::string_view bytes) {
  if (conversion.type == 's') {
    std::string text(bytes.substr(0, bytes.find('\0')));
    if (conversion.precision >= 0)
      text.resize(std::min(text.size(), static_cast<std::size_t>(conversion.precision)));
    return text;
  }
  const std::string_view kind = conversion.pointer;
  char address[INET6_ADDRSTRLEN] = "";
  if (kind == "I4" && bytes.size() == 4) return inet_ntop(AF_INET, bytes.data(), address, sizeof(address));
  if (kind == "I6c" && bytes.size() == 16) return inet_ntop(AF_INET6, bytes.data(), address, sizeof(address));
  if (kind == "I6" && bytes.size() == 16) return hex_bytes(bytes, ":", 2);
  if (kind == "M" && bytes.size() == 6) return hex_bytes(bytes, ":", 1);
  if (kind == "MR" && bytes.size() == 6)
    return hex_bytes({std::string(bytes.rbegin(), bytes.rend())}, ":", 1);
  return "(damaged)";
}

bool travels_as_bytes(const Conversion& conversion) {
  if (conversion.type == 's') return true;
  return !conversion.pointer.empty() && (conversion.pointer[0] == 'I' || conversion.pointer[0] == 'M');
}

std::string format_argument(const Conversion& conversion, std::uint64_t value, std::string_view record) {
  if (travels_as_bytes(conversion)) {
    bool damaged = false;
    const std::optional<std::string_view> bytes = bytes_of(value, record, damaged);
    return pad(conversion, bytes ? format_bytes(conversion, *bytes) : damaged ? "(damaged)" : "(fault)");
  }
  const unsigned shift = 64 - static_cast<unsigned>(conversion.bits);
  const auto as_signed = static_cast<std::int64_t>(value << shift) >> shift;
  const std::uint64_t as_unsigned = value << shift >> shift;
  switch (conversion.type) {
    case 'd':
    case 'i':
      return print(conversion, "%" PRId64, as_signed);
    case 'u':
      return print(conversion, "%" PRIu64, as_unsigned);
    case 'x':
      return print(conversion, "%" PRIx64, as_unsigned);
    case 'X':
      return print(conversion, "%" PRIX64, as_unsigned);
    case 'o':
      return print(conversion, "%" PRIo64, as_unsigned);
    case 'c':
      return pad(conversion, std::string(1, static_cast<char>(value)));
    default:
      break;
  }
  if (conversion.pointer == "s") return pad(conversion, kernel_symbol(value, false));
  if (conversion.pointer == "S" || conversion.pointer == "B")
    return pad(conversion, kernel_symbol(value, true));
  char text[24];
  std::snprintf(text, sizeof(text), "0x%" PRIx64, value);
  return pad(conversion, text);
}

}  // namespace

std::string format_log_record(std::string_view format, std::string_view record) {
  std::string text;
  if (!format.empty() && format.back() == '\n') format.remove_suffix(1);
  std::size_t slot = header_size;
  while (!format.empty()) {
    const std::size_t percent = std::min(format.find('%'), format.size());
    text += format.substr(0, percent);
    if (percent == format.size()) break;
    const std::string_view from_percent = format.substr(percent);
    format.remove_prefix(percent + 1);
    if (!format.empty() && format[0] == '%') {
      text += '%';
      format.remove_prefix(1);
      continue;
    }
    const Conversion conversion = take_conversion(format);
    if (!conversion.type || !std::strchr("diuxXocsp", conversion.type)) {
      text += from_percent.substr(0, from_percent.size() - format.size());
      continue;
    }
    if (slot + 8 > record.size()) {
      text += "(damaged)";
      continue;
    }
    std::uint64_t value = 0;
    std::memcpy(&value, record.data() + slot, sizeof(value));
    slot += 8;
    text += format_argument(conversion, value, record);
  }
  return text;
}

}  // namespace bpfbuild
