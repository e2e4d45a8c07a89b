#include "emit/functions.hpp"

#include "btf/parser.hpp"
#include "btf_builder.hpp"
#include "catch.hpp"
#include "emit/header.hpp"
#include "select/kfuncs.hpp"

using namespace bpfbuild;
using btf::TypeId;
using test::BtfBuilder;
using test::contains;
using test::message_of;

namespace {

/// A header with all kfuncs.
std::string header_of(const BtfBuilder& builder) {
  const btf::TypeTable types = btf::parse(builder.bytes());
  return emit::header(
      emit::body(types, select::close(types, select::every_kfunc(types), select::Closure::value)), {}, "x.h");
}

}  // namespace

TEST_CASE("kfuncs have weak prototypes behind all definitions, sorted by name", "[emit]") {
  BtfBuilder b;
  const TypeId number = b.signed_integer("int", 4);
  const TypeId task = b.pointer(b.structure("task", 4, {{"pid", number, 0}}));
  b.kfunc("second", b.prototype_with_names(task, {{"pid", number}, {"if", number}}));
  b.kfunc("first", b.prototype_with_names(0, {{"task", task}}));
  const std::string header = header_of(b);
  const auto declaration = header.find("struct task {\n");
  REQUIRE(declaration != std::string::npos);
  CHECK_THAT(header.substr(declaration), contains(R"(
#ifndef __ksym
#define __ksym __attribute__((section(".ksyms")))
#endif
#ifndef __weak
#define __weak __attribute__((weak))
#endif

// Functions of the kernel; bpf_ksym_exists() tells whether the running one has them.
#ifndef BPF_NO_KFUNC_PROTOTYPES

extern void first(struct task *task) __weak __ksym;
extern struct task *second(int pid, int) __weak __ksym;
#endif
)"));
  CHECK_THAT(header, !contains("__bpf_fastcall"));
  CHECK_THAT(header, !contains("__arena"));
}

TEST_CASE("a header without kfuncs has nothing of them", "[emit]") {
  BtfBuilder b;
  b.function("plain", b.prototype(0, {}));
  CHECK_THAT(header_of(b), !contains("ksym"));
}

TEST_CASE("kfuncs that spare registers and those for arenas say so", "[emit]") {
  BtfBuilder b;
  b.tag("bpf_fastcall", b.kfunc("fast", b.prototype(0, {})));
  const TypeId in_arena = b.pointer(b.add(btf::Kind::type_tag, "address_space(1)", 0, {}, 0, true));
  const TypeId checked = b.pointer(b.add(btf::Kind::type_tag, "rcu", 0));
  b.kfunc("allocate", b.prototype_with_names(in_arena, {{"near", in_arena}, {"p", checked}}));
  const std::string header = header_of(b);
  CHECK_THAT(header, contains("extern __bpf_fastcall void fast(void) __weak __ksym;\n"));
  CHECK_THAT(header, contains("#define __bpf_fastcall __attribute__((bpf_fastcall))\n"));
  CHECK_THAT(header, contains("extern void __arena *allocate(void __arena *near, void *p) __weak __ksym;\n"));
  CHECK_THAT(header, contains("#ifndef __arena\n#ifdef __BPF_FEATURE_ADDR_SPACE_CAST\n"));
}

TEST_CASE("the kfunc that one libbpf declares with other parameters is left to that", "[emit]") {
  BtfBuilder b;
  b.kfunc("bpf_stream_vprintk", b.prototype(0, {}));
  CHECK_THAT(header_of(b), contains("#if LIBBPF_MAJOR_VERSION != 1 || LIBBPF_MINOR_VERSION != 6\n"
                                    "extern void bpf_stream_vprintk(void) __weak __ksym;\n#endif\n"));
}

TEST_CASE("a kfunc keeps its name, a type that has it gets a flavour", "[emit]") {
  BtfBuilder b;
  const TypeId same = b.alias("same", b.signed_integer("int", 4));
  b.kfunc("same", b.prototype(same, {}));
  const std::string header = header_of(b);
  CHECK_THAT(header, contains("typedef int same___2;\n"));
  CHECK_THAT(header, contains("extern same___2 same(void) __weak __ksym;\n"));

  BtfBuilder odd;
  odd.kfunc("__u32", odd.prototype(0, {}));
  CHECK(message_of([&] { header_of(odd); }) == "type [2]: function '__u32' has the name of another type");
  BtfBuilder smuggler;
  smuggler.kfunc("f(); int g", smuggler.prototype(0, {}));
  CHECK(message_of([&] { header_of(smuggler); }) == "type [2]: 'f(); int g' is not a name in C");
}
