/// Reading what BPF programs log with <bpfbuild/log.bpf.h>, which tells how it works:
///
///   bpfbuild::log_reader log(skeleton);  // or a bpf_object*
///   while (!stop) log.poll(100ms);       // a line on the terminal for each record
///
/// BPF_LOG in the environment says what is shown: a level (off, error, warn, info, debug, trace), levels of
/// single objects, programs and source files (tracer=debug), or several of these with commas. Without it
/// everything that the programs send is shown, and they send information and what is more important. Of
/// records that were lost it is told where they would have been shown.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct bpf_object;

namespace bpfbuild {

enum class log_level : unsigned { off, error, warn, info, debug, trace };

/// "info"
std::string_view log_level_name(log_level level);

/// One record; the texts are valid only during the call of the sink.
struct log_record {
  log_level level = log_level::off;
  std::chrono::system_clock::time_point time;
  std::string_view object;   ///< "tracer"; empty when unknown
  std::string_view program;  ///< the function in which it was logged; empty when the object has no BTF
  std::string_view file;
  unsigned line = 0;
  std::string_view text;  ///< as the program sent it: any bytes at all
  /// For a record about records, of which there is no other trace: how many found the ring buffer full, and
  /// how many were over the rate limit, at this place since it was last told.
  std::uint64_t lost = 0;
  std::uint64_t suppressed = 0;
};

using log_sink = std::function<void(const log_record&)>;

/// A line for each record, coloured as NO_COLOR, CLICOLOR and CLICOLOR_FORCE say, by default on terminals. Control characters
/// and bytes that are not UTF-8 are written as \xNN. The default of log_reader, on standard error.
log_sink terminal_sink(std::FILE* file = stderr);

/// A line with nothing but the message, for programs whose log is their output. What is not text is written as
/// terminal_sink() does.
log_sink message_sink(std::FILE* file = stdout);

/// A JSON object in a line for each record: time, level, object, program, file, line, message, lost,
/// suppressed.
log_sink json_sink(std::FILE* file = stdout);

/// What is shown, as BPF_LOG says it.
class log_filter {
 public:
  /// Shows everything.
  log_filter() = default;
  /// Throws std::invalid_argument "'verbose': unknown level; expected off, error, ...".
  explicit log_filter(std::string_view text);
  /// That of BPF_LOG; when it is not set, that of `otherwise`.
  static log_filter from_environment(log_level otherwise = log_level::trace);

  [[nodiscard]] bool shows(const log_record& record) const;
  /// The highest level that any record can be shown at: what the programs need not send.
  [[nodiscard]] log_level highest() const;

 private:
  struct rule {
    std::string name;
    log_level level;
  };
  log_level level_ = log_level::trace;
  std::vector<rule> rules_;
};

/// Sets what the programs of an object that is not loaded yet send: its bpf_log_level. Returns false when the
/// object does not log.
bool set_log_level(bpf_object* object, log_level level);

/// The ids of the ring buffers that running programs log to: those that bpftool lists as bpf_log. With the
/// file of an object, only those of its programs. Throws std::runtime_error when there is no such object that
/// logs.
std::vector<std::uint32_t> running_logs(const std::string& object_file = "");

/// Reads the log of an object, or of several running programs that share one. One reader can read a log.
class log_reader {
 public:
  /// Of an object that is loaded. Throws std::system_error, std::runtime_error when it does not log, and what
  /// log_filter throws of BPF_LOG.
  explicit log_reader(bpf_object* object, log_sink sink = terminal_sink());
  /// Of a bpfbuild::skeleton, or of one that bpftool wrote.
  template <typename Skeleton, typename = decltype(std::declval<Skeleton&>().get()->obj), typename = void>
  explicit log_reader(Skeleton& skeleton, log_sink sink = terminal_sink())
      : log_reader(skeleton.get()->obj, std::move(sink)) {}
  template <typename Skeleton, typename = decltype(std::declval<Skeleton&>().obj)>
  explicit log_reader(Skeleton& skeleton, log_sink sink = terminal_sink())
      : log_reader(skeleton.obj, std::move(sink)) {}
  /// Of what runs already: the ring buffer with this id. What it takes to read the records is found in the
  /// kernel, since Linux 5.10; before that it takes the file of the object.
  explicit log_reader(std::uint32_t map_id, log_sink sink = terminal_sink());
  log_reader(std::uint32_t map_id, const std::string& object_file, log_sink sink = terminal_sink());
  ~log_reader();
  log_reader(log_reader&&) noexcept;
  log_reader& operator=(log_reader&&) noexcept;

  /// Adds a sink to those there are.
  void add_sink(log_sink sink);
  void set_filter(log_filter filter);

  /// Waits for records, hands them to the sinks, and tells what was lost. Returns how many there were, 0 when
  /// there were none in time or a signal came. Throws std::system_error, and what a sink throws.
  std::size_t poll(std::chrono::milliseconds timeout);
  /// The same without waiting.
  std::size_t consume();
  /// Readable when there are records, for an event loop of one's own, which then calls consume().
  [[nodiscard]] int fd() const;

  /// How many records were lost and told so far.
  [[nodiscard]] std::uint64_t lost() const;

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace bpfbuild
