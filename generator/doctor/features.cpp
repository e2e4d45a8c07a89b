#include "doctor/features.hpp"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>

namespace bpfbuild::doctor {

namespace {

constexpr std::array<bpf_insn, 2> nothing = {
    bpf_insn{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .src_reg = 0, .off = 0, .imm = 0},
    bpf_insn{.code = BPF_JMP | BPF_EXIT, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0}};

/// The helpers that the headers of this build know, by number.
#define BPFBUILD_NAME(name) #name
constexpr std::string_view helpers[] = {__BPF_FUNC_MAPPER(BPFBUILD_NAME)};
#undef BPFBUILD_NAME

/// Loading a program with one of these makes the kernel warn in its log, and reserve memory.
bool leaves_traces(std::string_view helper) {
  return helper == "trace_printk" || helper == "trace_vprintk" || helper == "probe_write_user";
}

/// Programs that need a function of the kernel to be loaded for. What libbpf asks of them depends on words of
/// the verifier, which change.
struct Attachment {
  std::string_view name;
  bpf_prog_type program_type;
  bpf_attach_type type;
};

constexpr std::array attachments = {
    Attachment{"tracing/fentry", BPF_PROG_TYPE_TRACING, BPF_TRACE_FENTRY},
    Attachment{"tracing/fmod_ret", BPF_PROG_TYPE_TRACING, BPF_MODIFY_RETURN},
    Attachment{"tracing/tp_btf", BPF_PROG_TYPE_TRACING, BPF_TRACE_RAW_TP},
    Attachment{"tracing/iter", BPF_PROG_TYPE_TRACING, BPF_TRACE_ITER},
    Attachment{"lsm", BPF_PROG_TYPE_LSM, BPF_LSM_MAC},
    Attachment{"ext", BPF_PROG_TYPE_EXT, static_cast<bpf_attach_type>(0)},
};

bool is_attached(bpf_prog_type type) {
  return type == BPF_PROG_TYPE_TRACING || type == BPF_PROG_TYPE_LSM || type == BPF_PROG_TYPE_EXT;
}

/// The verifier speaks of a program whose type the kernel knows, here of a type of BTF that is no function.
/// One that it does not know, or does not permit, never gets there.
bool verifier_speaks_of(const Attachment& attachment) {
  std::array<char, 4096> log{};
  LIBBPF_OPTS(bpf_prog_load_opts, options, .expected_attach_type = attachment.type, .attach_btf_id = 1U,
              .log_level = 1U, .log_size = log.size(), .log_buf = log.data());
  const int program =
      bpf_prog_load(attachment.program_type, nullptr, "GPL", nothing.data(), nothing.size(), &options);
  if (program >= 0) ::close(program);
  return program >= 0 || log.front() != '\0';
}

}  // namespace

int try_to_load() {
  const int program =
      bpf_prog_load(BPF_PROG_TYPE_SOCKET_FILTER, nullptr, "GPL", nothing.data(), nothing.size(), nullptr);
  if (program < 0) return errno;
  ::close(program);
  return 0;
}

Features probe_features() {
  Features features;
  std::vector<bpf_prog_type> types;
  for (int i = 1; const char* const name = libbpf_bpf_prog_type_str(static_cast<bpf_prog_type>(i)); ++i) {
    const auto type = static_cast<bpf_prog_type>(i);
    if (is_attached(type)) continue;
    const int there = libbpf_probe_bpf_prog_type(type, nullptr);
    if (there >= 0) features.program_types[name] = there > 0;
    if (there > 0) types.push_back(type);
  }
  for (const Attachment& attachment : attachments)
    features.program_types[std::string(attachment.name)] = verifier_speaks_of(attachment);

  for (int i = 1; const char* const name = libbpf_bpf_map_type_str(static_cast<bpf_map_type>(i)); ++i) {
    const int there = libbpf_probe_bpf_map_type(static_cast<bpf_map_type>(i), nullptr);
    if (there >= 0) features.map_types[name] = there > 0;
  }

  for (std::size_t i = 1; i < std::size(helpers); ++i) {
    if (leaves_traces(helpers[i])) continue;
    std::vector<std::string>& callers = features.helpers[std::string(helpers[i])];
    for (const bpf_prog_type type : types) {
      if (libbpf_probe_bpf_helper(type, static_cast<bpf_func_id>(i), nullptr) > 0)
        callers.emplace_back(libbpf_bpf_prog_type_str(type));
    }
  }
  return features;
}

}  // namespace bpfbuild::doctor
