/// Events and their format files: those of the running kernel, or a saved copy.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "support/file.hpp"

namespace bpfbuild::tracefs {

/// Where tracefs shows the events of the running kernel.
inline constexpr const char* running_kernel = "/sys/kernel/tracing/events";

/// What a user asks for: `CATEGORY:EVENT,...`, where all of them may be patterns.
struct EventSpec {
  std::string text;  // as the user wrote it
  std::string category;
  std::vector<std::string> events;
};

/// Throws Error of kind usage "--tracepoint 'TEXT': WHAT".
EventSpec parse_event_spec(std::string_view text);

/// A format file, read but not looked at.
struct FormatFile {
  std::string category;
  std::string event;
  std::string path;
  Bytes contents;
};

/// Finds and reads the format files of events, each once, sorted by category and event. `from` is a directory
/// like tracefs or its `events`, or a single format file for a single event; empty for the running kernel.
/// They are read at once rather than kept open: there may be more than a process may have open. Throws Error,
/// which tells an unknown event, missing tracefs and a lack of rights from each other.
std::vector<FormatFile> read_formats(const std::vector<EventSpec>& specs, const std::filesystem::path& from);

}  // namespace bpfbuild::tracefs
