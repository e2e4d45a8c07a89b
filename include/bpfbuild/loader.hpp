/// Loading BPF objects, and saying why where it fails:
///
///   bpfbuild::skeleton<tracer_bpf> tracer;  // opens it
///   tracer->rodata->threshold = 5;          // libbpf's own skeleton, and all that libbpf does with it
///   tracer.load();
///   tracer.attach();
///
/// Each step throws load_error, whose what() is for the user to read.
#pragma once

#include <cerrno>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct bpf_object;

namespace bpfbuild {

/// Why an object could not be opened, loaded or attached.
class load_error : public std::runtime_error {
 public:
  /// The parts of what(), each empty where there is nothing to tell.
  struct explanation {
    std::string what;       ///< "tracer: program 'trace_exec' was refused by the verifier"
    std::string program;    ///< the program that failed
    std::string source;     ///< "tracer.bpf.c:17: return *count;", where the verifier stopped
    std::string reason;     ///< the last word of the verifier, or of libbpf
    std::string registers;  ///< what the verifier knew of the registers of the failing instruction
    std::string hint;       ///< what to do about it
    std::string log;        ///< all that libbpf and the verifier said
    int error = 0;          ///< errno
  };

  explicit load_error(explanation parts);
  [[nodiscard]] const explanation& parts() const { return parts_; }
  /// All that libbpf and the verifier said; what() has the last lines.
  [[nodiscard]] const std::string& full_log() const { return parts_.log; }
  [[nodiscard]] int error() const { return parts_.error; }

 private:
  explanation parts_;
};

/// What the kernel made of a program.
struct program_statistics {
  std::string program;
  std::uint64_t verified_instructions = 0;  ///< that the verifier went through; 0 before Linux 5.16
  std::uint64_t loaded_instructions = 0;    ///< of 8 bytes, after the verifier has changed them
  std::uint64_t machine_code = 0;           ///< bytes; 0 when it is interpreted
};

/// Of each program of an object that is loaded.
std::vector<program_statistics> verifier_statistics(const bpf_object* object);

namespace detail {
/// Runs one step, and returns what it returns: 0 or more, or a negative errno. `object` is what is opened by
/// then, if anything. `file` are the bytes of the object's file, if they are known, by which lines of the
/// source are found. Throws load_error with what libbpf said meanwhile.
int run_step(const char* step, bpf_object* object, const std::function<int()>& call,
             std::string_view file = "");
/// Has the programs log what BPF_LOG says, if it says something.
void prepare_load(bpf_object* object);
}  // namespace detail

/// A skeleton that bpftool wrote; destroys itself. What was moved from can only be assigned to.
template <typename Skeleton>
class skeleton {
 public:
  skeleton() {
    detail::run_step("open", nullptr, [this] {
      skeleton_ = Skeleton::open();
      return skeleton_ ? 0 : -errno;
    });
  }
  ~skeleton() { Skeleton::destroy(skeleton_); }
  skeleton(skeleton&& other) noexcept : skeleton_(std::exchange(other.skeleton_, nullptr)) {}
  skeleton& operator=(skeleton&& other) noexcept {
    std::swap(skeleton_, other.skeleton_);
    return *this;
  }

  /// Loads it. What its programs log is said by bpf_log_level, or by BPF_LOG in the environment where that is
  /// set.
  void load() {
    detail::prepare_load(skeleton_->obj);
    detail::run_step("load", skeleton_->obj, [this] { return Skeleton::load(skeleton_); },
                     {static_cast<const char*>(skeleton_->skeleton->data), skeleton_->skeleton->data_sz});
  }
  /// Attaches all programs that say themselves where.
  void attach() {
    detail::run_step("attach", skeleton_->obj, [this] { return Skeleton::attach(skeleton_); });
  }
  /// Attaches programs by a function of one's own, which takes the Skeleton* and returns 0 or more, or a
  /// negative errno. Returns what the function returns.
  template <typename Attach>
  int attach(Attach&& function) {
    return detail::run_step("attach", skeleton_->obj, [&] { return function(skeleton_); });
  }
  void detach() { Skeleton::detach(skeleton_); }

  [[nodiscard]] Skeleton* get() const { return skeleton_; }
  Skeleton* operator->() const { return skeleton_; }
  Skeleton& operator*() const { return *skeleton_; }

 private:
  Skeleton* skeleton_ = nullptr;
};

}  // namespace bpfbuild
