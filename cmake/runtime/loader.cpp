#include "bpfbuild/loader.hpp"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <cstdlib>

#include "bpfbuild/log.hpp"
#include "libbpf_output.hpp"
#include "load_error.hpp"
#include "log_source.hpp"

namespace bpfbuild {

std::vector<program_statistics> verifier_statistics(const bpf_object* object) {
  std::vector<program_statistics> all;
  bpf_program* program = nullptr;
  while ((program = bpf_object__next_program(object, program))) {
    bpf_prog_info info{};
    __u32 size = sizeof(info);
    if (bpf_program__fd(program) < 0 || bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &size) != 0)
      continue;
    all.push_back({bpf_program__name(program), info.verified_insns, info.xlated_prog_len / sizeof(bpf_insn),
                   info.jited_prog_len});
  }
  return all;
}

namespace detail {

int run_step(const char* step, bpf_object* object, const std::function<int()>& call, std::string_view file) {
  const LibbpfOutput output;
  const int result = call();
  if (result >= 0) return result;
  throw load_error(
      explain(object ? object_name(object) : "", step, -result, output.text(), this_machine(), file, object));
}

void prepare_load(bpf_object* object) {
  const char* const wanted = std::getenv("BPF_LOG");
  if (wanted && *wanted) set_log_level(object, log_filter::from_environment().highest());
}

}  // namespace detail

}  // namespace bpfbuild
