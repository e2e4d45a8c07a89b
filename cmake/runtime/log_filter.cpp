#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <stdexcept>

#include "bpfbuild/log.hpp"

namespace bpfbuild {

namespace {

constexpr std::array<std::string_view, 6> level_names = {"off", "error", "warn", "info", "debug", "trace"};

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

log_level parse_level(std::string_view text) {
  std::string name(text);
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  if (name == "warning") name = "warn";
  const auto* const found = std::find(level_names.begin(), level_names.end(), name);
  if (found != level_names.end()) return static_cast<log_level>(found - level_names.begin());
  throw std::invalid_argument("'" + std::string(text) +
                              "': unknown level; expected off, error, warn, info, debug or trace");
}

/// "src/tracer.bpf.c" is what "tracer", "tracer.bpf.c" and itself name.
bool names_file(std::string_view name, std::string_view file) {
  if (name == file) return true;
  file = file.substr(file.rfind('/') + 1);
  return name == file || name == file.substr(0, file.find('.'));
}

}  // namespace

std::string_view log_level_name(log_level level) {
  const auto index = static_cast<std::size_t>(level);
  return index < level_names.size() ? level_names[index] : "unknown";
}

log_filter::log_filter(std::string_view text) {
  level_ = log_level::info;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view part = trim(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    const std::size_t equals = part.find('=');
    if (part.empty()) continue;
    if (equals == std::string_view::npos) {
      level_ = parse_level(part);
    } else {
      rules_.push_back(
          {std::string(trim(part.substr(0, equals))), parse_level(trim(part.substr(equals + 1)))});
    }
  }
}

log_filter log_filter::from_environment(log_level otherwise) {
  const char* const text = std::getenv("BPF_LOG");
  if (!text || !*text) {
    log_filter filter;
    filter.level_ = otherwise;
    return filter;
  }
  try {
    return log_filter(text);
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(std::string("BPF_LOG: ") + error.what());
  }
}

bool log_filter::shows(const log_record& record) const {
  log_level level = level_;
  for (const rule& rule : rules_) {  // the last that fits
    if (rule.name == record.object || rule.name == record.program || names_file(rule.name, record.file))
      level = rule.level;
  }
  return record.level <= level;
}

log_level log_filter::highest() const {
  log_level level = level_;
  for (const rule& rule : rules_) level = std::max(level, rule.level);
  return level;
}

}  // namespace bpfbuild
