#include "commands/tracepoints.hpp"

#include <sys/utsname.h>

#include "support/error.hpp"
#include "support/format.hpp"
#include "tracefs/format.hpp"

namespace bpfbuild::commands {

namespace {

std::vector<tracefs::FormatFile> read(const std::vector<std::string>& texts,
                                      const std::filesystem::path& from) {
  std::vector<tracefs::EventSpec> specs;
  for (const std::string& text : texts) specs.push_back(tracefs::parse_event_spec(text));
  return tracefs::read_formats(specs, from);
}

tracefs::TracepointFormat parse(const tracefs::FormatFile& file) {
  const auto* const text = reinterpret_cast<const char*>(file.contents.view.data());
  tracefs::TracepointFormat parsed = tracefs::parse({text, file.contents.view.size()}, file.path);
  if (parsed.name == file.event) return parsed;
  throw Error(format("describes '{}', expected '{}'", parsed.name, file.event)).at(file.path);
}

}  // namespace

Tracepoints::Tracepoints(const std::vector<std::string>& specs, const std::filesystem::path& from)
    : from_(from), files_(read(specs, from)) {}

std::vector<select::Record> Tracepoints::records(const btf::TypeTable& types,
                                                 std::vector<select::Root>& roots) const {
  select::RecordTypes record_types(types);
  std::vector<select::Record> records;
  for (const tracefs::FormatFile& file : files_) {
    records.push_back(record_types.record_of(file.category, parse(file)));
  }
  roots.insert(roots.end(), record_types.roots().begin(), record_types.roots().end());
  return records;
}

std::string Tracepoints::source() const {
  if (!from_.empty()) return format("'{}'", from_.filename().native());
  utsname system{};
  return ::uname(&system) == 0 ? format("tracefs of Linux {}", system.release) : "tracefs";
}

}  // namespace bpfbuild::commands
