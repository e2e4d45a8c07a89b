#include "commands/log.hpp"

#include <bpf/bpf.h>
#include <poll.h>
#include <unistd.h>

#include <bpfbuild/log.hpp>
#include <charconv>
#include <csignal>
#include <stdexcept>
#include <system_error>
#include <vector>

#include "log_source.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::commands {

namespace {

volatile std::sig_atomic_t stop_requested = 0;

/// The id that `map` is, or that of the map that is pinned there.
std::uint32_t map_id(const std::string& map) {
  std::uint32_t id = 0;
  const auto [end, error] = std::from_chars(map.data(), map.data() + map.size(), id);
  if (error == std::errc() && end == map.data() + map.size()) return id;
  const Descriptor pinned(bpf_obj_get(map.c_str()));
  bpf_map_info info{};
  __u32 size = sizeof(info);
  if (pinned.get() < 0 || bpf_obj_get_info_by_fd(pinned.get(), &info, &size) != 0)
    throw Error(format("--map '{}': no map is pinned there", map), "expected an id or a path in /sys/fs/bpf");
  return info.id;
}

std::vector<std::uint32_t> find_logs(const LogOptions& options) {
  if (!options.map.empty()) return {map_id(options.map)};
  std::vector<std::uint32_t> ids = running_logs(options.object.native());
  if (!ids.empty()) return ids;
  if (geteuid() != 0) throw Error("no program that logs can be seen", "it needs root: run it with sudo");
  if (options.object.empty())
    throw Error("no program that logs is running", "load one that includes <bpfbuild/log.bpf.h>");
  throw Error("no program of it is running and logs", "load it first").at(options.object.native());
}

void follow(const LogOptions& options) {
  std::vector<log_reader> readers;
  for (const std::uint32_t id : find_logs(options)) {
    readers.emplace_back(id, options.object.native(),
                         options.format == Format::json ? json_sink(stdout) : terminal_sink(stdout));
  }
  std::vector<pollfd> descriptors;
  for (const log_reader& reader : readers) descriptors.push_back({reader.fd(), POLLIN, 0});
  std::signal(SIGINT, [](int) { stop_requested = 1; });
  std::signal(SIGTERM, [](int) { stop_requested = 1; });
  while (!stop_requested) {
    poll(descriptors.data(), descriptors.size(), 200 /* ms, so that losses are told soon */);
    for (log_reader& reader : readers) reader.consume();
  }
}

}  // namespace

void log(const LogOptions& options) {
  try {
    follow(options);
  } catch (const std::invalid_argument& error) {
    throw Error::usage(error.what());
  } catch (const std::runtime_error& error) {
    throw Error(error.what());
  }
}

}  // namespace bpfbuild::commands
