#include <cinttypes>
#include <ctime>

#include "bpfbuild/log.hpp"
#include "colour.hpp"
#include "printable.hpp"

namespace bpfbuild {

namespace {

/// Formats as strftime does, with microseconds behind the seconds.
std::string format_time(std::chrono::system_clock::time_point time, const char* format, bool utc) {
  using namespace std::chrono;
  const auto since_epoch = duration_cast<microseconds>(time.time_since_epoch()).count();
  const std::time_t seconds = static_cast<std::time_t>(since_epoch / 1000000);
  std::tm parts{};
  if (utc) {
    gmtime_r(&seconds, &parts);
  } else {
    localtime_r(&seconds, &parts);
  }
  char text[64];
  const std::size_t length = std::strftime(text, sizeof(text), format, &parts);
  std::snprintf(text + length, sizeof(text) - length, ".%06d", static_cast<int>(since_epoch % 1000000));
  return text;
}

const char* colour(log_level level) {
  switch (level) {
    case log_level::error:
      return "\033[31m";
    case log_level::warn:
      return "\033[33m";
    case log_level::info:
      return "\033[32m";
    default:
      return "\033[34m";
  }
}

void append_json(std::string& line, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  line.append(",\"").append(name).append("\":\"").append(json_escaped(text)).append("\"");
}

void append_json(std::string& line, std::string_view name, std::uint64_t number) {
  if (number != 0) line.append(",\"").append(name).append("\":").append(std::to_string(number));
}

}  // namespace

log_sink terminal_sink(std::FILE* file) {
  return [file, coloured = is_coloured(file)](const log_record& record) {
    const char* const on = coloured ? colour(record.level) : "";
    const char* const dim = coloured ? "\033[2m" : "";
    const char* const off = coloured ? "\033[0m" : "";
    std::string line = dim + format_time(record.time, "%H:%M:%S", false) + off + " ";
    line.append(on).append(log_level_name(record.level)).append(off);
    line.append(6 - log_level_name(record.level).size(), ' ');
    if (!record.program.empty()) line.append(printable(record.program)).append(" ");
    line +=
        dim + printable(record.file.substr(record.file.rfind('/') + 1)) + ":" + std::to_string(record.line);
    line.append(off).append(": ").append(printable(record.text)).append("\n");
    std::fwrite(line.data(), 1, line.size(), file);
    std::fflush(file);
  };
}

log_sink message_sink(std::FILE* file) {
  return [file](const log_record& record) {
    const std::string line = printable(record.text) + "\n";
    std::fwrite(line.data(), 1, line.size(), file);
    std::fflush(file);
  };
}

log_sink json_sink(std::FILE* file) {
  return [file](const log_record& record) {
    std::string line = "{\"time\":\"" + format_time(record.time, "%Y-%m-%dT%H:%M:%S", true) + "Z\"";
    append_json(line, "level", log_level_name(record.level));
    append_json(line, "object", record.object);
    append_json(line, "program", record.program);
    append_json(line, "file", record.file);
    append_json(line, "line", record.line);
    line.append(",\"message\":\"").append(json_escaped(record.text)).append("\"");
    append_json(line, "lost", record.lost);
    append_json(line, "suppressed", record.suppressed);
    line += "}\n";
    std::fwrite(line.data(), 1, line.size(), file);
    std::fflush(file);
  };
}

}  // namespace bpfbuild
