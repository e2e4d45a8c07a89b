/// `compare_translations OBJECT OTHER`: whether the running kernel makes the same instructions of both
/// objects' programs. Each program is loaded by itself: one that is refused keeps no other from being
/// compared. Prints a line for each, and ends with 1 when one is another program.
#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::string messages;  // of libbpf

int keep(libbpf_print_level level, const char* format, va_list arguments) {
  if (level != LIBBPF_WARN) return 0;
  char* text = nullptr;
  if (vasprintf(&text, format, arguments) < 0) return 0;
  messages += text;
  std::free(text);
  return 0;
}

/// What the verifier says last, or else libbpf first.
std::string reason() {
  std::string_view text = messages;
  const auto end = text.find("\nprocessed ");
  if (end != std::string_view::npos) text = text.substr(text.rfind('\n', end - 1) + 1, end);
  text = text.substr(0, text.find('\n'));
  return std::string(text.empty() ? "no reason told" : text);
}

struct Translation {
  std::vector<bpf_insn> instructions;
  std::string refusal;
};

std::vector<bpf_insn> instructions_of(int program) {
  bpf_prog_info info = {};
  __u32 size = sizeof info;
  if (bpf_obj_get_info_by_fd(program, &info, &size) != 0) return {};
  std::vector<bpf_insn> instructions(info.xlated_prog_len / sizeof(bpf_insn));
  info = {};
  info.xlated_prog_len = static_cast<__u32>(instructions.size() * sizeof(bpf_insn));
  info.xlated_prog_insns = reinterpret_cast<__u64>(instructions.data());
  if (bpf_obj_get_info_by_fd(program, &info, &size) != 0) return {};
  // Maps have other numbers and places each time.
  constexpr __u8 load_of_64_bits = BPF_LD | BPF_IMM | BPF_DW;
  for (std::size_t i = 0; i + 1 < instructions.size(); ++i) {
    const bpf_insn& each = instructions[i];
    const bool is_map = each.src_reg == BPF_PSEUDO_MAP_FD || each.src_reg == BPF_PSEUDO_MAP_VALUE;
    if (each.code == load_of_64_bits && is_map) instructions[i].imm = 0;
  }
  return instructions;
}

Translation translate(const char* path, std::string_view name) {
  messages.clear();
  Translation translation;
  bpf_object* const object = bpf_object__open_file(path, nullptr);
  bpf_program* program = nullptr;
  bpf_program* wanted = nullptr;
  bpf_object__for_each_program(program, object) {
    const bool is_wanted = bpf_program__name(program) == name;
    bpf_program__set_autoload(program, is_wanted);
    if (is_wanted) wanted = program;
  }
  bpf_map* map = nullptr;
  bpf_object__for_each_map(map, object) {
    const bool is_for_others = bpf_program__type(wanted) != BPF_PROG_TYPE_STRUCT_OPS;
    if (bpf_map__type(map) == BPF_MAP_TYPE_STRUCT_OPS && is_for_others) bpf_map__set_autocreate(map, false);
    // What the project's user space sets before it loads.
    const bool is_stacks = bpf_map__type(map) == BPF_MAP_TYPE_STACK_TRACE;
    if (is_stacks && bpf_map__value_size(map) == 0) bpf_map__set_value_size(map, 64 * sizeof(__u64));
    const bool is_of_cpus = bpf_map__type(map) == BPF_MAP_TYPE_PERF_EVENT_ARRAY;
    if (!is_of_cpus && bpf_map__max_entries(map) == 0) bpf_map__set_max_entries(map, 4096);
  }
  if (bpf_object__load(object) != 0) {
    translation.refusal = reason();
  } else {
    translation.instructions = instructions_of(bpf_program__fd(wanted));
  }
  bpf_object__close(object);
  return translation;
}

std::vector<std::string> programs_of(const char* path) {
  std::vector<std::string> names;
  bpf_object* const object = bpf_object__open_file(path, nullptr);
  if (object == nullptr) return names;
  bpf_program* program = nullptr;
  bpf_object__for_each_program(program, object) names.emplace_back(bpf_program__name(program));
  bpf_object__close(object);
  return names;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return EXIT_FAILURE;
  libbpf_set_print(keep);
  const std::vector<std::string> names = programs_of(argv[1]);
  if (names.empty() || names != programs_of(argv[2])) {
    std::printf("refused all: not opened: %s\n", reason().c_str());
    return EXIT_FAILURE;
  }
  int others = 0;
  for (const std::string& name : names) {
    const Translation one = translate(argv[1], name), other = translate(argv[2], name);
    const bool is_same =
        one.instructions.size() == other.instructions.size() &&
        std::equal(one.instructions.begin(), one.instructions.end(), other.instructions.begin(),
                   [](const bpf_insn& a, const bpf_insn& b) { return std::memcmp(&a, &b, sizeof a) == 0; });
    if (!is_same || one.refusal.empty() != other.refusal.empty()) {
      ++others;
      std::printf("OTHER %s: %s\n", name.c_str(), other.refusal.c_str());
    } else if (!one.refusal.empty()) {
      std::printf("refused %s: %s\n", name.c_str(), one.refusal.c_str());
    } else if (one.instructions.empty()) {
      std::printf("refused %s: its instructions are not shown\n", name.c_str());
    } else {
      std::printf("same %s: %zu instructions\n", name.c_str(), one.instructions.size());
    }
  }
  return others == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
