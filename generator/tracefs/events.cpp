#include "tracefs/events.hpp"

#include <algorithm>
#include <cerrno>
#include <map>
#include <system_error>
#include <utility>

#include "support/error.hpp"
#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::tracefs {

namespace {

namespace fs = std::filesystem;

bool is_name_or_pattern(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || is_pattern({&c, 1});
  });
}

Error failure(const EventSpec& spec, std::string what, std::string_view what_to_do = {}) {
  return Error(std::move(what), what_to_do).at(format("--tracepoint '{}'", spec.text));
}

/// A directory of events: CATEGORY/EVENT/format.
class Directory {
 public:
  explicit Directory(fs::path root) : root_(std::move(root)) {}

  void find(const EventSpec& spec, std::map<std::pair<std::string, std::string>, fs::path>& found) const {
    const std::vector<std::string> categories = matching(spec, root_, spec.category, "category");
    for (const std::string& pattern : spec.events) {
      bool fits = false;
      for (const std::string& category : categories) {
        // Of several categories not each needs to have it.
        const bool may_lack = is_pattern(pattern) || is_pattern(spec.category);
        for (const std::string& event : may_lack ? names(root_ / category, pattern)
                                                 : matching(spec, root_ / category, pattern, "event")) {
          found.emplace(std::pair(category, event), root_ / category / event / "format");
          fits = true;
        }
      }
      if (!fits) throw failure(spec, format("no event in '{}' fits '{}'", root_.native(), pattern));
    }
  }

 private:
  /// The directories in a directory whose names fit, sorted.
  static std::vector<std::string> names(const fs::path& directory, std::string_view pattern) {
    std::vector<std::string> result;
    std::error_code error;
    for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
         entry.increment(error)) {
      std::string name = entry->path().filename();
      if (entry->is_directory(error) && matches(pattern, name)) result.push_back(std::move(name));
    }
    if (error) {
      const bool forbidden = error == std::errc::permission_denied;
      throw Error(format("cannot read: {}", error.message()),
                  forbidden ? "run the command with sudo if only root may read it" : "")
          .at(directory.native());
    }
    std::sort(result.begin(), result.end());
    return result;
  }

  static std::vector<std::string> matching(const EventSpec& spec, const fs::path& directory,
                                           std::string_view pattern, std::string_view what) {
    std::vector<std::string> found = names(directory, pattern);
    if (!found.empty()) return found;
    if (is_pattern(pattern)) {
      throw failure(spec, format("no {} in '{}' fits '{}'", what, directory.native(), pattern));
    }
    NearestNames nearest(pattern);
    for (const std::string& name : names(directory, "*")) nearest.consider(name);
    throw failure(spec, format("no {} '{}' in '{}'", what, pattern, directory.native()),
                  nearest.suggestion());
  }

  fs::path root_;
};

Directory running_events(const EventSpec& first) {
  std::error_code error;
  const bool is_there = fs::exists(running_kernel, error);
  if (is_there) return Directory(running_kernel);
  if (error == std::errc::permission_denied) {
    throw Error("cannot read: " + error.message(), "run the command with sudo if only root may read it")
        .at(running_kernel);
  }
  constexpr const char* in_debugfs = "/sys/kernel/debug/tracing/events";  // before Linux 4.1
  if (fs::exists(in_debugfs, error)) return Directory(in_debugfs);
  throw failure(first, format("'{}' does not exist: tracefs is not mounted", running_kernel),
                "run: mount -t tracefs tracefs /sys/kernel/tracing, or name a saved copy with "
                "--tracepoints-from");
}

std::vector<FormatFile> read_single(const std::vector<EventSpec>& specs, const fs::path& file) {
  const EventSpec& spec = specs.front();
  if (specs.size() > 1 || spec.events.size() > 1 || is_pattern(spec.category) ||
      is_pattern(spec.events.front())) {
    throw Error("a single format file is for a single event", "name a directory of them").at(file.native());
  }
  return {{spec.category, spec.events.front(), file.native(), InputFile(file).read()}};
}

}  // namespace

EventSpec parse_event_spec(std::string_view text) {
  const auto fail = [&](std::string what) {
    return Error::usage(std::move(what), "expected CATEGORY:EVENT, as in syscalls:sys_enter_openat")
        .at(format("--tracepoint '{}'", text));
  };
  EventSpec spec;
  spec.text = text;
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) throw fail("no ':'");
  spec.category = text.substr(0, colon);
  if (!is_name_or_pattern(spec.category)) {
    throw fail(format("'{}' is not the name of a category", spec.category));
  }
  for (std::string_view rest = text.substr(colon + 1);;) {
    const auto comma = rest.find(',');
    spec.events.emplace_back(rest.substr(0, comma));
    if (!is_name_or_pattern(spec.events.back())) {
      throw fail(format("'{}' is not the name of an event", spec.events.back()));
    }
    if (comma == std::string_view::npos) return spec;
    rest.remove_prefix(comma + 1);
  }
}

std::vector<FormatFile> read_formats(const std::vector<EventSpec>& specs, const fs::path& from) {
  if (specs.empty()) return {};
  std::error_code ignored;
  if (!from.empty() && !fs::is_directory(from, ignored)) return read_single(specs, from);

  const bool is_tracefs = !from.empty() && fs::is_directory(from / "events", ignored);
  const Directory directory =
      from.empty() ? running_events(specs.front()) : Directory(is_tracefs ? from / "events" : from);
  std::map<std::pair<std::string, std::string>, fs::path> found;
  for (const EventSpec& spec : specs) directory.find(spec, found);
  std::vector<FormatFile> files;
  for (const auto& [names, path] : found) {
    files.push_back({names.first, names.second, path.native(), InputFile(path).read()});
  }
  return files;
}

}  // namespace bpfbuild::tracefs
