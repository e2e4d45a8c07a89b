#include <bpf/libbpf.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <exception>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <vector>

#include "bpfbuild/log.hpp"
#include "log_format.hpp"
#include "log_source.hpp"

namespace bpfbuild {

namespace {

/// bpfbuild_log_state of <bpfbuild/log.bpf.h>.
struct SiteState {
  std::uint64_t site, lost, suppressed, interval, count;
};

/// The most records that one call hands over, so that it ends also under a flood.
constexpr std::size_t most_records = 65536;

std::chrono::nanoseconds now(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

std::string loss_text(std::uint64_t lost, std::uint64_t suppressed) {
  std::string text;
  if (lost > 0)
    text = std::to_string(lost) + (lost == 1 ? " record" : " records") + " lost: the ring buffer was full";
  if (suppressed > 0) {
    text += (text.empty() ? "" : ", ") + std::to_string(suppressed);
    text += std::string(suppressed == 1 ? " record" : " records") + " suppressed by the rate limit";
  }
  return text;
}

}  // namespace

struct log_reader::state {
  LogSource source;
  std::vector<log_sink> sinks;
  log_filter filter = log_filter::from_environment();
  std::unique_ptr<ring_buffer, decltype(&ring_buffer__free)> buffer{nullptr, ring_buffer__free};
  std::vector<SiteState> told;  // the states as they were told, in the order of the maps
  std::uint64_t lost = 0;
  std::chrono::nanoseconds boot{};  // CLOCK_REALTIME when CLOCK_MONOTONIC was 0
  std::size_t handed_over = 0;      // in the current call
  std::exception_ptr error;         // out of a sink, on its way through libbpf

  state(LogSource from, log_sink sink) : source(std::move(from)) {
    add_sink(std::move(sink));
    buffer.reset(ring_buffer__new(source.records.get(), on_record, this, nullptr));
    if (!buffer) throw std::system_error(errno, std::generic_category(), "log: cannot read the ring buffer");
  }

  void add_sink(log_sink sink) {
    if (sink) sinks.push_back(std::move(sink));
  }

  static int on_record(void* context, void* data, std::size_t size) {
    auto& self = *static_cast<state*>(context);
    try {
      self.handle({static_cast<const char*>(data), size});
    } catch (...) {
      self.error = std::current_exception();
      return -ECANCELED;
    }
    return ++self.handed_over < most_records ? 0 : -EAGAIN;
  }

  void handle(std::string_view bytes) {
    std::uint64_t header[2] = {};
    std::memcpy(header, bytes.data(), std::min(bytes.size(), sizeof(header)));
    const auto site = bytes.size() < sizeof(header) ? source.sites.end() : source.sites.find(header[0]);
    log_record record;
    std::string text;
    if (site == source.sites.end()) {
      record.level = log_level::warn;
      record.time = wall_time(now(CLOCK_MONOTONIC));
      text = "a record of " + std::to_string(bytes.size()) + " bytes that no place in the source has sent";
    } else {
      fill_place(record, site->second);
      record.level = static_cast<log_level>(site->second.level);
      record.time = wall_time(std::chrono::nanoseconds(header[1]));
      if (!filter.shows(record)) return;
      text = format_log_record(site->second.format, bytes);
    }
    record.text = text;
    hand_over(record);
  }

  void fill_place(log_record& record, const LogSite& site) const {
    record.object = source.object;
    record.program = site.function;
    record.file = site.file;
    record.line = site.line;
  }

  [[nodiscard]] std::chrono::system_clock::time_point wall_time(std::chrono::nanoseconds monotonic) const {
    using clock = std::chrono::system_clock;
    return clock::time_point(std::chrono::duration_cast<clock::duration>(boot + monotonic));
  }

  void hand_over(const log_record& record) const {
    for (const log_sink& sink : sinks) sink(record);
  }

  /// Tells what the states have more than when it was last told.
  void tell_losses() {
    std::size_t number = 0;
    for (const Descriptor& map : source.states) {
      const std::string states = read_array_map(map.get());
      for (std::size_t i = 0; i + sizeof(SiteState) <= states.size(); i += sizeof(SiteState), ++number) {
        if (number == told.size()) told.emplace_back();
        SiteState current{};
        std::memcpy(&current, states.data() + i, sizeof(current));
        const auto site = source.sites.find(current.site);
        if (site != source.sites.end()) tell_losses(site->second, current, told[number]);
      }
    }
  }

  void tell_losses(const LogSite& site, const SiteState& current, SiteState& before) {
    log_record record;
    record.lost = current.lost - before.lost;
    record.suppressed = current.suppressed - before.suppressed;
    if (record.lost == 0 && record.suppressed == 0) return;
    before = current;
    lost += record.lost;
    fill_place(record, site);
    record.level = static_cast<log_level>(site.level);
    if (!filter.shows(record)) return;  // nor would it have shown what was lost
    record.level = log_level::warn;
    record.time = wall_time(now(CLOCK_MONOTONIC));
    const std::string text = loss_text(record.lost, record.suppressed);
    record.text = text;
    hand_over(record);
  }

  std::size_t read(bool wait, std::chrono::milliseconds timeout) {
    handed_over = 0;
    boot = now(CLOCK_REALTIME) - now(CLOCK_MONOTONIC);
    const int result = wait ? ring_buffer__poll(buffer.get(), static_cast<int>(timeout.count()))
                            : ring_buffer__consume(buffer.get());
    if (error) std::rethrow_exception(std::exchange(error, nullptr));
    if (result < 0 && result != -EINTR && result != -EAGAIN)
      throw std::system_error(-result, std::generic_category(), "log: cannot read the ring buffer");
    tell_losses();
    return handed_over;
  }
};

log_reader::log_reader(bpf_object* object, log_sink sink)
    : state_(std::make_unique<state>(log_source_of(object), std::move(sink))) {}

log_reader::log_reader(std::uint32_t map_id, log_sink sink)
    : state_(std::make_unique<state>(log_source_of(map_id), std::move(sink))) {}

log_reader::log_reader(std::uint32_t map_id, const std::string& object_file, log_sink sink)
    : state_(std::make_unique<state>(log_source_of(map_id, read_log_sites(object_file)), std::move(sink))) {}

log_reader::~log_reader() = default;
log_reader::log_reader(log_reader&&) noexcept = default;
log_reader& log_reader::operator=(log_reader&&) noexcept = default;

void log_reader::add_sink(log_sink sink) { state_->add_sink(std::move(sink)); }
void log_reader::set_filter(log_filter filter) { state_->filter = std::move(filter); }
std::size_t log_reader::poll(std::chrono::milliseconds timeout) { return state_->read(true, timeout); }
std::size_t log_reader::consume() { return state_->read(false, {}); }
int log_reader::fd() const { return ring_buffer__epoll_fd(state_->buffer.get()); }
std::uint64_t log_reader::lost() const { return state_->lost; }

}  // namespace bpfbuild
