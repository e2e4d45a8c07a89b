/// What a header gets that is made for a program: the executable reads programs of a few lines, against
/// types of a kernel of its own.
#include <cstdlib>

#include "catch.hpp"
#include "support/file.hpp"
#include "support/text.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;
using test::contents_of;

namespace {

constexpr const char* kernel = R"(
struct inner { int x; int y; int z; };
enum color { RED, GREEN, BLUE };
enum level { LOW, MIDDLE, HIGH };
enum wide { SMALL = 1, LARGE = 0x80000000u, LARGEST = 1ull << 40 };
typedef enum { COLD, WARM } heat_t;
typedef struct { int number; int rest; } id_t;
struct file;
struct bar { int bar; };
struct foo {
  int a; int b; id_t id; struct inner in; struct inner list[4]; struct foo *next; struct file *file;
  unsigned low : 3, high : 5;
  union { int first; struct { int second; int third; } named; };
  enum { ONE, TWO } choice;
  enum color color; enum level level;
};
struct other { char text[12]; struct inner in; long end; };
struct later { int x; };
struct holder { struct later *later; };
struct foo foo; enum color color; struct other other; struct bar bar; unsigned u32_of_kernel;
enum wide wide; heat_t heat; enum { LONE, LONER } lone; struct holder holder; struct later later;
)";

constexpr const char* program_start = R"(
#include "vmlinux.h"
#define SEC(name) __attribute__((section(name), used))
char LICENSE[] SEC("license") = "GPL";
)";

/// A kernel and a place for a program.
class Workspace : public test::TemporaryDirectory {
 public:
  Workspace() {
    file("kernel.c", kernel);
    REQUIRE(shell(shell_quote(BPFBUILD_CLANG) + " --target=bpf -g -O2 -c kernel.c -o kernel.o") == 0);
  }

  int shell(const std::string& command) const {
    return std::system(("cd " + shell_quote(path().native()) + " && " + command).c_str());
  }

  /// Runs `bpfbuild header` for a program, with the proof. All that it says.
  std::string run(const std::string& code, const std::string& flags = "") {
    file("program.bpf.c", program_start + code);
    const std::string command = shell_quote(BPFBUILD_EXECUTABLE) + " header --btf kernel.o --clang " +
                                shell_quote(BPFBUILD_CLANG) +
                                " --source program.bpf.c --prove -o vmlinux.h -- " + flags;
    shell(command + " >messages 2>&1");
    return contents_of(path() / "messages");
  }

  /// The header for a program.
  std::string header(const std::string& code, const std::string& flags = "") {
    CHECK(run(code, flags) == "");
    return contents_of(path() / "vmlinux.h");
  }

  /// One definition in it, without comments.
  std::string definition(const std::string& name, const std::string& code, const std::string& flags = "") {
    const std::string text = header(code, flags);
    const auto start = text.find("\n" + name + " {\n");
    if (start == std::string::npos) return "";
    return text.substr(start + 1, text.find("\n}", start) - start - 1);
  }
};

}  // namespace

TEST_CASE("fields come in by the accesses to them", "[usage]") {
  Workspace workspace;
  const std::string foo = workspace.definition(
      "struct foo",
      "SEC(\"tc\") int f(struct foo *p) { return p->next->b + p->named.third + p->id.number; }");
  CHECK_THAT(foo, test::contains("\tint b;"));
  CHECK_THAT(foo, test::contains("struct foo *next;"));
  CHECK_THAT(foo, test::contains("int third;"));
  CHECK_THAT(foo, !test::contains("int a;"));
  CHECK_THAT(foo, !test::contains("second"));
  CHECK_THAT(foo, !test::contains("struct inner"));
  const std::string header = contents_of(workspace.path() / "vmlinux.h");
  CHECK_THAT(header, test::contains("int number;"));
  CHECK_THAT(header, !test::contains("int rest;"));
  CHECK_THAT(header, !test::contains("struct other"));
}

TEST_CASE("macros are seen through", "[usage]") {
  Workspace workspace;
  const std::string foo = workspace.definition("struct foo", R"(
#define READ(p, field) ({ typeof((p)->field) value; __builtin_memcpy(&value, \
    __builtin_preserve_access_index(&(p)->field), sizeof value); value; })
SEC("tc") int f(struct foo *p) { return READ(p, next) == 0; })");
  CHECK_THAT(foo, test::contains("struct foo *next;"));
  CHECK_THAT(foo, !test::contains("int b;"));
}

TEST_CASE("what uses the size of a type wants it whole", "[usage]") {
  const char* const code =
      GENERATE("SEC(\"tc\") int f(void *c) { struct inner i = {}; __builtin_memcpy(&i, c, 4); return i.x; }",
               "SEC(\"tc\") int f(struct inner *p) { return sizeof(*p); }",
               "SEC(\"tc\") int f(void *p) { return sizeof(struct inner); }",
               "SEC(\"tc\") int f(struct inner *p) { return p[2].x; }",
               "SEC(\"tc\") long f(struct inner *p) { return (p + 1)->x; }",
               "SEC(\"tc\") int f(struct inner *p) { p++; return p->x; }",
               "SEC(\"tc\") int f(struct foo *p) { return p->list[p->a & 3].x; }",
               "SEC(\"tc\") int f(struct inner **p) { *p[0] = *p[1]; return 0; }",
               "struct mine { struct inner i; }; SEC(\"tc\") int f(struct mine *p) { return p->i.x; }",
               "struct { int (*type)[1]; int *key; struct inner *value; } m SEC(\".maps\");",
               "__attribute__((noinline)) int f(struct inner *memory) { return memory->x; }");
  Workspace workspace;
  CAPTURE(code);
  CHECK(workspace.definition("struct inner", code) == "struct inner {\n\tint x;\n\tint y;\n\tint z;");
}

TEST_CASE("what does not use the size of a type takes fields of it", "[usage]") {
  const char* const code =
      GENERATE("SEC(\"tc\") int f(struct foo *p) { return p->list[2].x; }",
               "SEC(\"tc\") int f(struct inner *p) { return p->x + sizeof(struct inner *); }",
               "SEC(\"tc\") int f(struct inner *p, struct inner *q) { return p == q || p->x; }",
               "SEC(\"tc\") int f(struct foo *p) { struct inner *i = &p->in; return i->x; }");
  Workspace workspace;
  CAPTURE(code);
  const std::string inner = workspace.definition("struct inner", code);
  CHECK_THAT(inner, test::contains("int x;"));
  CHECK_THAT(inner, !test::contains("int y;"));
}

TEST_CASE("bitfields, and accesses that are not relocated, want the whole type", "[usage]") {
  Workspace workspace;
  CHECK_THAT(workspace.definition("struct foo", "SEC(\"tc\") int f(struct foo *p) { return p->high; }"),
             test::contains("int a;"));
  CHECK_THAT(workspace.definition("struct foo", "SEC(\"tc\") int f(struct foo *p) { return p->b; }",
                                  "-DBPF_NO_PRESERVE_ACCESS_INDEX"),
             test::contains("int a;"));
  CHECK_THAT(workspace.definition(
                 "struct foo",
                 "SEC(\"tc\") int f(struct foo *p) { return __builtin_preserve_field_info(p->high, 1); }"),
             !test::contains("int a;"));
}

TEST_CASE("types that the kernel compares by name are defined, others only declared", "[usage]") {
  Workspace workspace;
  const std::string header = workspace.header(R"(
extern struct inner *kfunc(struct other *) __attribute__((section(".ksyms")));
struct bar;
static __attribute__((noinline)) int of_bar(struct bar *bar) { return bar != 0; }
static __attribute__((noinline)) int of_file(struct file *file) { return file != 0; }
SEC("tc") int f(struct foo *p) { return kfunc(0) != 0 && of_file(p->file) && of_bar(0); })");
  CHECK_THAT(header, test::contains("struct file;  // "));
  CHECK_THAT(header, !test::contains("struct bar;"));  // which the program has declared itself
  CHECK_THAT(header, test::contains("\nstruct inner {\n"));
  CHECK_THAT(header, test::contains("\nstruct other {\n"));
  CHECK_THAT(header, !test::contains("text"));
}

TEST_CASE("enums have the enumerators that are named", "[usage]") {
  Workspace workspace;
  const std::string header = workspace.header(R"(
SEC("tc") int f(struct foo *p) { return p->color == GREEN ? p->level : WARM + LONER; })");
  CHECK_THAT(header, test::contains("\nenum color {\n\tGREEN = 1,\n};\n"));
  CHECK_THAT(header, test::contains("\ntypedef enum {\n\tWARM = 1,\n} heat_t;\n"));
  CHECK_THAT(header, test::contains("\nenum {\n\tLONER = 1,\n};\n"));
  CHECK_THAT(header, test::contains("\nenum level {\n\tLOW = 0,\n};\n"));
  CHECK_THAT(
      header,
      test::contains("// for f() in program.bpf.c\n// In part, with the size and the sign of the kernel's "
                     "type.\nenum color {"));
  CHECK_THAT(workspace.header("SEC(\"tc\") int f(struct foo *p) { return p->level + HIGH; }"),
             test::contains("\nenum level {\n\tHIGH = 2,\n};\n"));
  CHECK_THAT(workspace.header("SEC(\"tc\") long f(void *p) { return SMALL * sizeof(enum wide); }"),
             test::contains("LARGEST"));
  CHECK_THAT(workspace.header("SEC(\"tc\") int f(int *p) { enum color c = *p; return c; }"),
             test::contains("\nenum color {\n\tRED = 0,\n};\n"));
}

TEST_CASE("enums whose values are kept come whole", "[usage]") {
  const char* const code = GENERATE(
      "enum color last; SEC(\"tc\") int f(void *p) { last = RED; return 0; }",
      "SEC(\"tc\") int f(void *p) { static volatile enum color c; return c; }",
      "struct mine { enum color colors[2]; }; SEC(\"tc\") int f(struct mine *p) { return p->colors[1]; }",
      "struct { int (*type)[1]; enum color *key; long *value; } m SEC(\".maps\");",
      "struct foo copy; SEC(\"tc\") int f(void *p) { copy.color = GREEN; return 0; }",
      "SEC(\"tc\") int f(void *p) { return __builtin_btf_type_id(*(enum color *)0, 0) + GREEN; }");
  Workspace workspace;
  CAPTURE(code);
  CHECK(workspace.definition("enum color", code) == "enum color {\n\tRED = 0,\n\tGREEN = 1,\n\tBLUE = 2,");
}

TEST_CASE("a program's argument is no memory of it, whatever declares it a program", "[usage]") {
  Workspace workspace;
  CHECK_THAT(workspace.definition("struct foo",
                                  "SEC(\"tc\") int f(struct foo *p); int f(struct foo *p) { return p->b; }"),
             !test::contains("int a;"));
}

TEST_CASE("what is behind a pointer with tags is defined, and of an argument need not be whole", "[usage]") {
  Workspace workspace;
  const std::string header = workspace.header(R"(
#define TAG(name) __attribute__((btf_decl_tag(name)))
struct other;
struct held { struct other __attribute__((btf_type_tag("kptr"))) *kept; struct bar *plain; };
struct { int (*type)[1]; int *key; struct held *value; } m SEC(".maps");
__attribute__((noinline)) int g(struct foo *p TAG("arg:trusted")) { return p->b; }
__attribute__((noinline)) int h(struct inner *p TAG("arg:nonnull")) { return p->x; }
__attribute__((visibility("hidden"), noinline)) int i(struct foo *p) { return p->b; }
SEC("tc") int f(void *p) { return 0; })");
  CHECK_THAT(header, test::contains("\nstruct other {\n"));
  CHECK_THAT(header, test::contains("\nstruct bar;  // "));
  CHECK_THAT(header, test::contains("\tint b;") && !test::contains("\tint a;"));
  CHECK_THAT(header, test::contains("\tint z;"));
}

TEST_CASE("questions about types and enumerators bring what they are about", "[usage]") {
  Workspace workspace;
  CHECK_THAT(
      workspace.header("SEC(\"tc\") int f(void *p) { return __builtin_preserve_type_info(*(struct "
                       "other *)0, 0) + __builtin_preserve_enum_value(*(enum color *)GREEN, 1) + TWO; }"),
      test::contains("\nstruct other {\n") && test::contains("TWO") &&
          test::contains("\nenum color {\n\tGREEN = 1,\n};\n"));
}

TEST_CASE("each declaration tells why it is there", "[usage]") {
  Workspace workspace;
  const std::string header = workspace.header(
      "SEC(\"tc\") int f(struct foo *p) { struct other copy = {}; __builtin_memcpy(&copy, p, 4);\n"
      "return copy.end + p->b; } SEC(\"tc\") int g(struct foo *p) { return p->b; }");
  CHECK_THAT(header, test::contains("// for f() in program.bpf.c and 1 more\n"));
  CHECK_THAT(header, test::contains("// whole, for the variable 'copy' in f() in program.bpf.c\n"));
  CHECK_THAT(header, test::contains("// in struct other\nstruct inner {"));
  CHECK_THAT(header, test::contains("// request:    --source program.bpf.c\n"));
  CHECK_THAT(workspace.header("static __attribute__((noinline)) int g(struct bar *p) { return p != 0; }"
                              "SEC(\"tc\") int f(struct foo *p) { return p->file != 0 && g(0); }"),
             test::contains("\nstruct bar;  // for g() in program.bpf.c\nstruct file;  // in struct foo\n"));
}

TEST_CASE("what is declared and then defined tells once why it is there", "[usage]") {
  Workspace workspace;
  const std::string header = workspace.header("SEC(\"tc\") int f(struct holder *p) { return p->later->x; }");
  CHECK_THAT(header, test::contains("\nstruct later;\n"));
  CHECK_THAT(header,
             test::contains("\n// for f() in program.bpf.c\n// In part: padding takes the place of the "
                            "other fields.\nstruct later {\n"));
}

TEST_CASE("programs may declare functions of the kernel by macros of the header", "[usage]") {
  Workspace workspace;
  const std::string code =
      "extern int own(void) __weak __ksym;\nSEC(\"tc\") int f(struct bar *p) { return own() + p->bar; }";
  CHECK_THAT(workspace.header(code),
             test::contains("#define __ksym ") && !test::contains("BPF_NO_KFUNC_PROTOTYPES"));
}

TEST_CASE("a project's own vmlinux.h may include the header", "[usage]") {
  Workspace workspace;
  REQUIRE(workspace.shell("mkdir include") == 0);
  workspace.file("include/vmlinux.h", R"(
#ifndef __VMLINUX_H__
#define __VMLINUX_H__
#include "types.h"
struct own { struct inner inner; };
#endif
)");
  workspace.file("program.bpf.c", std::string(program_start) +
                                      "SEC(\"tc\") int f(struct own *own, struct bar *bar) "
                                      "{ return own->inner.x + bar->bar; }");
  const std::string bpfbuild = shell_quote(BPFBUILD_EXECUTABLE) + " header --btf kernel.o --clang " +
                               shell_quote(BPFBUILD_CLANG) + " --source program.bpf.c --prove ";
  CHECK(workspace.shell(bpfbuild + "-o include/types.h -- -Iinclude") == 0);
  CHECK_THAT(contents_of(workspace.path() / "include/types.h"),
             test::contains("struct inner {\n\tint x;\n\tint y;") && test::contains("struct bar {"));
  CHECK(workspace.shell(shell_quote(BPFBUILD_CLANG) +
                        " --target=bpf -g -O2 -Iinclude -c program.bpf.c -o program.o") == 0);
  // One that has nothing to do with the header is what the header replaces.
  workspace.file("include/vmlinux.h", kernel);
  CHECK(workspace.shell("echo 'struct own { struct inner inner; };' >>include/vmlinux.h") == 0);
  workspace.file("program.bpf.c",
                 std::string(program_start) + "SEC(\"tc\") int f(struct bar *bar) { return bar->bar; }");
  CHECK(workspace.shell(bpfbuild + "-o include/types.h -- -Iinclude") == 0);
  CHECK_THAT(contents_of(workspace.path() / "include/types.h"), test::contains("struct bar {"));
}

TEST_CASE("a program without code yet has a header without types", "[usage]") {
  Workspace workspace;
  workspace.file("empty.bpf.c", "#include \"vmlinux.h\"\n");
  CHECK(workspace.shell(shell_quote(BPFBUILD_EXECUTABLE) + " header --btf kernel.o --clang " +
                        shell_quote(BPFBUILD_CLANG) + " --source empty.bpf.c --prove -o vmlinux.h") == 0);
  CHECK_THAT(contents_of(workspace.path() / "vmlinux.h"), !test::contains("struct"));
  CHECK_THAT(workspace.run("SEC(\"tc\") int f(void *p) { return 0; }", "-g0"),
             test::contains("it has no BTF (flag -g)"));
}

TEST_CASE("several programs with flags of their own share a header", "[usage]") {
  Workspace workspace;
  workspace.file("one.bpf.c",
                 std::string(program_start) + "SEC(\"tc\") int f(struct foo *p) { return p->NAME; }");
  workspace.file("two.bpf.c",
                 std::string(program_start) + "SEC(\"tc\") int g(struct foo *p) { return p->b; }");
  workspace.file("compilation", "one.bpf.c\n--\nSHELL:-DNAME=a '-DTEXT=\"two words\"'\n-I.\n");
  CHECK(workspace.shell(shell_quote(BPFBUILD_EXECUTABLE) + " header --btf kernel.o --clang " +
                        shell_quote(BPFBUILD_CLANG) +
                        " --compilation compilation --source two.bpf.c --prove -o vmlinux.h -- -DUNUSED") ==
        0);
  const std::string header = contents_of(workspace.path() / "vmlinux.h");
  CHECK_THAT(header, test::contains("\tint a;\n") && test::contains("\tint b;\n"));
}

TEST_CASE("a program that does not compile with all types is told", "[usage]") {
  Workspace workspace;
  workspace.file("vmlinux.h", "old");
  CHECK_THAT(workspace.run("SEC(\"tc\") int f(struct foo *p) { return p->missing; }"),
             test::contains("bpfbuild: program.bpf.c: does not compile with all types of 'kernel.o': ") &&
                 test::contains("program.bpf.c:5:44: no member named 'missing' in 'struct foo'\n"));
  CHECK(contents_of(workspace.path() / "vmlinux.h") == "old");
  // Of two errors the first: what is declared otherwise is not what is wrong with it.
  CHECK_THAT(workspace.run("SEC(\"tc\") int f(void *p) { return absent; } extern int absent;"),
             test::contains("use of undeclared identifier 'absent'\n"));
}

TEST_CASE("an error of another version than the compiler's is told as that", "[usage]") {
  Workspace workspace;
  workspace.file("program.bpf.c", "int absent = present;\n");
  const auto messages_of_clang = [&](const std::string& version) {
    workspace.shell(
        "mkdir -p lib/clang/" + version + " && printf '#!/bin/sh\necho \"$PWD/lib/clang/" + version +
        "\"\n' >fake-clang && chmod +x fake-clang && " + shell_quote(BPFBUILD_EXECUTABLE) +
        " header --btf kernel.o --clang ./fake-clang --source program.bpf.c -o vmlinux.h >messages "
        "2>&1");
    return contents_of(workspace.path() / "messages");
  };
  CHECK_THAT(messages_of_clang("99"),
             test::contains("'present'; this is what libclang ") &&
                 test::contains(" says, for there is none of clang 99 (Debian and Ubuntu: libclang1-99)\n"));
  // Of several it is the one of this version, wherever the system has it.
  REQUIRE(workspace.shell("basename $(" + shell_quote(BPFBUILD_CLANG) + " -print-resource-dir) >version") ==
          0);
  std::string version = contents_of(workspace.path() / "version");
  version.pop_back();
  CHECK_THAT(messages_of_clang(version), test::contains("'present'\n"));
}

TEST_CASE("a program that is another with the header is told, and the old header stays", "[usage]") {
  Workspace workspace;
  workspace.file("vmlinux.h", "old");
  // All types come without this macro.
  const std::string start = "#ifdef BPFBUILD_KERNEL_TYPES\n#define FIELD b\n#else\n#define FIELD a\n#endif\n";
  CHECK(
      workspace.run(start + "SEC(\"tc\") int f(struct foo *p) { return p->FIELD; }"
                            "SEC(\"xdp\") int g(struct foo *p) { return p->b; }") ==
      "bpfbuild: program.bpf.c: is not the same with this header as with all types: program 'f': the "
      "relocation "
      "at 0 is 'byte offset of struct foo.b', expected 'byte offset of struct foo.a'; what is missing can be "
      "named with --type (TYPES of bpf_generate_bindings())\n");
  CHECK_THAT(
      workspace.run(start + "SEC(\"tc\") int f(struct foo *p) { return p->FIELD; }"),
      test::contains("bpfbuild: program.bpf.c: does not compile with this header: ") &&
          test::contains("no member named 'b' in 'struct foo'; what is missing can be named with --type "
                         "(TYPES of bpf_generate_bindings())\n"));
  CHECK(contents_of(workspace.path() / "vmlinux.h") == "old");
}

TEST_CASE("what is wrong with the sources and flags is told", "[usage]") {
  Workspace workspace;
  const auto error = [&](const std::string& arguments) {
    workspace.shell(shell_quote(BPFBUILD_EXECUTABLE) + " header --btf kernel.o " + arguments +
                    " >messages 2>&1");
    return contents_of(workspace.path() / "messages");
  };
  CHECK(error("--source absent.bpf.c") ==
        "bpfbuild: " + (workspace.path() / "absent.bpf.c").native() + ": no such source\n");
  CHECK(error("--type foo --prove") == "bpfbuild: --prove: no sources; name them with --source\n");
  CHECK(error("-- -DX") == "bpfbuild: unexpected argument '-DX'; flags of clang go with --source\n");
  CHECK(error("--source kernel.c --clang absent-clang") ==
        "bpfbuild: cannot run 'absent-clang': No such file or directory; name clang with --clang\n");
  CHECK(error("--source kernel.c --clang true") ==
        "bpfbuild: 'true' is not clang; name clang with --clang\n");
  workspace.file("compilation", "kernel.c\n");
  CHECK(error("--compilation compilation") ==
        "bpfbuild: compilation: no line '--' between sources and flags\n");
}
