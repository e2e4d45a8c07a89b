/// `bpfbuild compat` as its users meet it, with objects and kernels that clang has compiled.
#include <cstdlib>

#include "btf_builder.hpp"
#include "catch.hpp"
#include "run_bpfbuild.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;
using test::contains;
using test::Outcome;
using test::run;
using test::TemporaryDirectory;

namespace {

/// What bpf_helpers.h and bpf_core_read.h would bring.
constexpr const char* prelude = R"(
#define SEC(name) __attribute__((section(name), used))
#define __ksym __attribute__((section(".ksyms")))
#define __weak __attribute__((weak))
#define exists(type, field) __builtin_preserve_field_info(((type *)0)->field, 2)
static int (*bpf_probe_read_kernel)(void *, unsigned, const void *) = (void *)113;
static long (*bpf_loop)(unsigned, void *, void *, unsigned long) = (void *)181;
#define READ(to, from) bpf_probe_read_kernel(&(to), sizeof(to), __builtin_preserve_access_index(&(from)))
struct task { long state; int pid; };
struct task___new { int __state; };
char LICENSE[] SEC("license") = "GPL";
)";

constexpr const char* kernel_source = R"(
enum bpf_func_id { BPF_FUNC_unspec, BPF_FUNC_loop = 181, __BPF_FUNC_MAX_ID };
enum bpf_func_id of_func;
enum bpf_map_type { BPF_MAP_TYPE_UNSPEC, BPF_MAP_TYPE_HASH };
enum bpf_map_type of_map;
struct task { long pad; int __state; int pid; };
struct task of_task;
int bpf_kfunc(struct task *task, int flags) { return flags; }
int kernel_function(void) { return 0; }
int bpf_lsm_file_open(void) { return 0; }
typedef void (*btf_trace_sched_switch)(void *, int);
btf_trace_sched_switch of_trace;
struct tcp_ops { int (*init)(int); long flags; };
struct bpf_struct_ops_tcp_ops { int refs; struct tcp_ops data; };
struct bpf_struct_ops_tcp_ops of_ops;
)";

class Workspace : public TemporaryDirectory {
 public:
  Workspace() { compile("kernel", kernel_source); }

  void compile(const std::string& name, const std::string& source) const {
    file(name + ".c", source);
    const std::string path = (this->path() / name).native();
    const std::string command = shell_quote(BPFBUILD_CLANG) + " --target=bpf -mcpu=v3 -g -O2 -w -c " +
                                shell_quote(path + ".c") + " -o " + shell_quote(path + ".o");
    REQUIRE(std::system(command.c_str()) == 0);
  }

  /// What is said of a program with the kernel, without the line that sums it up.
  [[nodiscard]] Outcome compat(const std::string& source, const std::string& arguments = "--btf kernel.o") const {
    compile("x", prelude + source);
    Outcome outcome = run(*this, "compat x.o " + arguments);
    return {outcome.exit_code, outcome.output.substr(outcome.output.find('\n') + 1)};
  }
};

}  // namespace

TEST_CASE("compat tells what is missing, where, and what is near", "[commands.compat]") {
  const Workspace workspace;
  workspace.compile("x", std::string(prelude) + R"(
int result;
SEC("xdp") int program(struct task *task) {
  READ(result, task->pid);
  READ(result, task->state);
  return 0;
})");
  const Outcome outcome = run(workspace, "compat x.o --btf kernel.o");
  CHECK(outcome.exit_code == 1);
  CHECK_THAT(outcome.output, Catch::Matchers::StartsWith("x.o: kernel.o: 1 missing, 1 resolved\n"));
  CHECK_THAT(outcome.output, contains("x.c:15  program  struct task.state  MISSING  no field 'state' in struct task; "
                                      "did you mean '__state'?\n"));
  const Outcome all = run(workspace, "compat x.o --btf kernel.o --all");
  CHECK_THAT(all.output, contains("x.c:14  program  struct task.pid    resolved\n"));
  const Outcome json = run(workspace, "compat x.o --btf kernel.o --format json");
  CHECK(json.exit_code == 1);
  CHECK_THAT(json.output, contains("\"object\": \"x.o\""));
  CHECK_THAT(json.output, contains("\"btf\": \"kernel.o\""));
  CHECK_THAT(json.output, contains("\"loads\": false"));
  CHECK_THAT(json.output, contains("\"subject\": \"relocation\""));
  CHECK_THAT(json.output, contains("\"question\": \"byte offset\""));
  CHECK_THAT(json.output, contains("\"status\": \"resolved\""));
}

TEST_CASE("compat tells a guarded branch from one that is taken", "[commands.compat]") {
  const Workspace workspace;
  const Outcome guarded = workspace.compat(R"(
int result;
SEC("xdp") int program(struct task *task) {
  if (exists(struct task, state)) READ(result, task->state);
  else READ(result, ((struct task___new *)task)->__state);
  return 0;
})");
  CHECK(guarded.exit_code == 0);
  CHECK_THAT(guarded.output, contains("struct task.state  guarded  no field 'state'"));
  const Outcome wrong_way = workspace.compat(R"(
int result;
SEC("xdp") int program(struct task *task) {
  if (!exists(struct task, state)) READ(result, task->state);
  return 0;
})");
  CHECK(wrong_way.exit_code == 1);
}

TEST_CASE("compat counts programs that are not loaded by themselves apart", "[commands.compat]") {
  const Workspace workspace;
  const Outcome outcome = workspace.compat(R"(
int result;
SEC("?fentry/nowhere") int program(struct task *task) { READ(result, task->state); return 0; }
SEC("xdp") int other(void *context) { return 0; }
)");
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.output, contains("program  SEC(\"?fentry/nowhere\")  optional  no function 'nowhere'\n"));
  CHECK_THAT(outcome.output, contains("program  struct task.state       optional  no field 'state'"));
}

TEST_CASE("compat looks for what programs are attached to", "[commands.compat]") {
  const Workspace workspace;
  const auto missing = [&](const std::string& section) {
    return workspace.compat("SEC(\"" + section + "\") int program(void *context) { return 0; }").output;
  };
  for (const char* const section : {"fentry/kernel_function", "fexit.s/kernel_function", "lsm/file_open",
                                    "tp_btf/sched_switch", "fentry/vmlinux:kernel_function", "fentry", "xdp",
                                    "kprobe/nowhere", "freplace/nowhere"}) {
    CHECK(missing(section).empty());
  }
  CHECK_THAT(missing("fentry/nowhere"), contains("program  SEC(\"fentry/nowhere\")  MISSING  no function 'nowhere'\n"));
  CHECK_THAT(missing("lsm.s/nowhere"), contains("no LSM hook 'nowhere'\n"));
  CHECK_THAT(missing("tp_btf/kernel_function"), contains("no tracepoint 'kernel_function'\n"));
  CHECK_THAT(missing("iter/nowhere"), contains("no iterator 'nowhere'\n"));
  CHECK_THAT(missing("fmod_ret/nowhere"), contains("no function 'nowhere'\n"));
  CHECK_THAT(missing("fentry/module:kernel_function"), contains("no function 'kernel_function' in module 'module'\n"));
}

TEST_CASE("compat looks for kfuncs, helpers and map types", "[commands.compat]") {
  const Workspace workspace;
  const Outcome strong = workspace.compat(R"(
extern int bpf_nowhere(int a) __ksym;
extern int bpf_kfunc(struct task *task, int flags) __ksym;
SEC("xdp") int program(struct task *task) { return bpf_nowhere(1) + bpf_kfunc(task, 2); }
)");
  CHECK(strong.exit_code == 1);
  CHECK_THAT(strong.output, contains("program  kfunc bpf_nowhere  MISSING  no kfunc 'bpf_nowhere'\n"));
  const Outcome other_arguments = workspace.compat(R"(
extern int bpf_kfunc(struct task *task) __ksym;
SEC("xdp") int program(struct task *task) { return bpf_kfunc(task); }
)");
  CHECK_THAT(other_arguments.output, contains("MISSING  the kernel's 'bpf_kfunc' has other arguments\n"));
  const Outcome weak = workspace.compat(R"(
extern int bpf_nowhere(int a) __ksym __weak;
SEC("xdp") int program(struct task *task) { return bpf_nowhere ? bpf_nowhere(1) : 0; }
)");
  CHECK(weak.exit_code == 0);
  CHECK_THAT(weak.output, contains("kfunc bpf_nowhere  guarded  no kfunc 'bpf_nowhere'\n"));

  const Outcome helpers = workspace.compat(R"(
static long (*too_new)(void) = (void *)9999;
static long (*old)(void) = (void *)5;
SEC("xdp") int program(void *context) {
  bpf_loop(1, 0, 0, 0);
  return exists(struct task, state) ? old() : too_new();
})");
  CHECK(helpers.exit_code == 1);
  CHECK_THAT(helpers.output, contains("program  helper 9999       MISSING  the kernel has no such helper\n"));
  CHECK_THAT(helpers.output, contains("program  bpf_ktime_get_ns  guarded  the kernel has no such helper\n"));

  // Kernels that call nothing back take no address of a function, wherever it is.
  const Outcome address = workspace.compat(R"(
static long call_back(int i, void *context) { return 0; }
SEC("xdp") int program(void *context) {
  if (exists(struct task, state)) bpf_loop(1, call_back, 0, 0);
  return 0;
})");
  CHECK(address.exit_code == 1);
  CHECK_THAT(address.output, contains("program  address of call_back  MISSING  the kernel has no helpers that call"));

  const Outcome maps = workspace.compat(R"(
struct { int (*type)[1]; } known SEC(".maps");
struct { int (*type)[2]; } unknown SEC(".maps");
SEC("xdp") int program(void *context) { return &known == &unknown; }
)");
  CHECK(maps.exit_code == 1);
  CHECK_THAT(maps.output, contains("  map 'unknown'  MISSING  the kernel has no maps of type 2\n"));
}

TEST_CASE("compat looks for variables of the kernel", "[commands.compat]") {
  const Workspace workspace;
  const Outcome outcome = workspace.compat(R"(
extern const struct task nowhere __ksym;
extern const void address __ksym;
SEC("xdp") int program(void *context) { return context == &nowhere || context == &address; }
)");
  CHECK(outcome.exit_code == 1);
  CHECK_THAT(outcome.output, contains("program  variable nowhere  MISSING  no variable 'nowhere'\n"));
  CHECK_THAT(outcome.output, !contains("address"));
}

TEST_CASE("compat compares tables of programs with the kernel's", "[commands.compat]") {
  const Workspace workspace;
  const std::string program = "SEC(\"struct_ops/init\") int init(int a) { return 0; }\n";
  CHECK(workspace.compat(program + "struct tcp_ops { int (*init)(int); long flags; long unused; };"
                                   "SEC(\".struct_ops\") struct tcp_ops ops = {.init = init};").output.empty());
  const Outcome member = workspace.compat(program + "struct tcp_ops { int (*init)(int); int (*extra)(int); };"
                                                    "SEC(\".struct_ops\") struct tcp_ops ops = {.extra = init};");
  CHECK(member.exit_code == 1);
  CHECK_THAT(member.output, contains("struct tcp_ops.extra  MISSING  no field 'extra' in struct tcp_ops\n"));
  const Outcome size = workspace.compat(program + "struct tcp_ops { int (*init)(int); int flags; };"
                                                  "SEC(\".struct_ops\") struct tcp_ops ops = {.init = init};");
  CHECK_THAT(size.output, contains("struct tcp_ops.flags  MISSING  'flags' in struct tcp_ops has another size\n"));
  const Outcome kind = workspace.compat(program + "struct tcp_ops { int (*init)(int); int (*flags)(int); };"
                                                  "SEC(\".struct_ops\") struct tcp_ops ops = {.init = init};");
  CHECK_THAT(kind.output, contains("'flags' in struct tcp_ops is no pointer\n"));
  const Outcome other = workspace.compat(program + "struct other_ops { int (*init)(int); };"
                                                   "SEC(\"?.struct_ops\") struct other_ops ops = {.init = init};");
  CHECK(other.exit_code == 0);
  CHECK_THAT(other.output, contains("struct other_ops  optional  the kernel takes no 'struct other_ops' of programs\n"));
}

TEST_CASE("compat takes several kernels, directories of them, and modules", "[commands.compat]") {
  const Workspace workspace;
  workspace.compile("x", std::string(prelude) + "struct table { int size; }; int result;"
                                                "SEC(\"xdp\") int program(struct table *table) {"
                                                "  READ(result, table->size); return 0; }");
  test::BtfBuilder kernel;
  const auto number = kernel.signed_integer("int", 4);
  kernel.structure("task", 4, {{"pid", number, 0}});
  auto module = test::BtfBuilder::continuing(kernel);
  module.structure("table", 8, {{"size", number, 32}});
  workspace.file("kernel.btf", kernel.contents());
  workspace.file("table.btf", module.contents());
  std::filesystem::create_directory(workspace.path() / "kernels");
  std::filesystem::create_directory(workspace.path() / "running");
  for (const char* const path : {"kernels/a.btf", "kernels/b.btf", "running/vmlinux"}) {
    workspace.file(path, kernel.contents());
  }
  workspace.file("running/table", module.contents());

  const Outcome without = run(workspace, "compat x.o --btf kernels kernel.btf");
  CHECK(without.exit_code == 1);
  CHECK_THAT(without.output, contains("x.o: kernels/a.btf: 1 missing\n"));
  CHECK_THAT(without.output, contains("x.o: kernels/b.btf: 1 missing\n"));
  CHECK_THAT(without.output, contains("x.o: kernel.btf: 1 missing\n"));
  CHECK_THAT(without.output, contains("no struct 'table'\n"));
  const Outcome with = run(workspace, "compat x.o --btf table.btf --base-btf kernel.btf");
  CHECK(with.output == "x.o: kernel.btf with 1 module: 1 resolved\n");
  CHECK(with.exit_code == 0);
  CHECK(run(workspace, "compat x.o --btf running").output == "x.o: running/vmlinux: 1 resolved\n");
}

TEST_CASE("compat tells of arguments that are wrong", "[commands.compat]") {
  const Workspace workspace;
  const Outcome base = run(workspace, "compat kernel.o --base-btf kernel.o");
  CHECK(base.output == "bpfbuild: --base-btf without --btf; name modules of the kernel with --btf\n");
  CHECK(base.exit_code == 2);
  CHECK_THAT(run(workspace, "compat kernel.c --btf kernel.o").output, contains("kernel.c: damaged ELF file: "));
  CHECK(run(workspace, "compat").exit_code == 2);
  CHECK(run(workspace, "compat kernel.o --btf kernel.o").output == "kernel.o: kernel.o: wants nothing of it\n");
}
