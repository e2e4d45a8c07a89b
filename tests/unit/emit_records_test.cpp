#include "emit/records.hpp"

#include "btf/parser.hpp"
#include "btf_builder.hpp"
#include "catch.hpp"
#include "select/record.hpp"

using namespace bpfbuild;
using test::BtfBuilder;
using test::contains;
using test::message_of;

namespace {

struct Format {
  std::string_view category;
  std::string_view event;
  std::string_view fields;
};

std::string records_of(const BtfBuilder& builder, std::initializer_list<Format> formats) {
  const btf::TypeTable types = btf::parse(builder.bytes());
  select::RecordTypes record_types(types);
  std::vector<select::Record> records;
  for (const Format& format : formats) {
    const std::string text = "name: " + std::string(format.event) + "\nID: 1\nformat:\n" +
                             std::string(format.fields) + "\nprint fmt: \"\"\n";
    records.push_back(record_types.record_of(format.category, tracefs::parse(text, "format")));
  }
  std::string text;
  emit::Names names(types);
  emit::append_records(text, types, records, "tracefs of Linux 6.1", names);
  return text;
}

}  // namespace

TEST_CASE("a record has explicit padding and checks of its offsets", "[emit]") {
  BtfBuilder b;
  b.alias("pid_t", b.signed_integer("int", 4));
  CHECK(records_of(b, {{"io", "open", R"(	field:int common_pid;	offset:4;	size:4;	signed:1;
	field:char comm[6];	offset:8;	size:6;	signed:0;
	field:pid_t pid;	offset:16;	size:4;	signed:1;
	field:int flags;	offset:24;	size:8;	signed:0;
	field:const char * name;	offset:32;	size:8;	signed:0;)"}}) ==
        R"(
// What tracepoints hand to programs, as tracefs of Linux 6.1 describes it: the offsets are those of that kernel.

// SEC("tracepoint/io/open")
struct open_args {
	char __pad0[4];
	int common_pid;
	char comm[6];
	char __pad14[2];
	pid_t pid;
	char __pad20[4];
	__u64 flags; // int
	const char *name;
};
_Static_assert(__builtin_offsetof(struct open_args, comm) == 8, "comm");
_Static_assert(__builtin_offsetof(struct open_args, pid) == 16, "pid");
_Static_assert(__builtin_offsetof(struct open_args, flags) == 24, "flags");
_Static_assert(__builtin_offsetof(struct open_args, name) == 32, "name");
)");
}

TEST_CASE("a record is packed where a field lies off its alignment", "[emit]") {
  const std::string text =
      records_of({}, {{"io", "9p-open", R"(	field:u64 a;	offset:4;	size:8;	signed:0;)"}});
  CHECK_THAT(text, contains("struct _9p_open_args {\n\tchar __pad0[4];\n\t__u64 a; // u64\n} "
                            "__attribute__((packed));\n"));
}

TEST_CASE("data elsewhere is explained once", "[emit]") {
  const std::string text =
      records_of({}, {{"io", "open", "\tfield:__data_loc char[] name;\toffset:8;\tsize:4;\tsigned:0;"},
                      {"io", "close", "\tfield:__data_loc char[] name;\toffset:8;\tsize:4;\tsigned:0;"}});
  CHECK_THAT(text, contains("\t__u32 __data_loc_name; // char[]\n"));
  CHECK_THAT(text, contains("#define BPFBUILD_DATA_LOC(ctx, name) "));
  CHECK(text.find("#ifndef BPFBUILD_DATA_LOC") == text.rfind("#ifndef BPFBUILD_DATA_LOC"));
  CHECK_THAT(text, !contains("REL_LOC"));
  CHECK_THAT(records_of({}, {{"io", "open", "\tfield:__rel_loc char[] n;\toffset:8;\tsize:4;\tsigned:0;"}}),
             contains("#define BPFBUILD_REL_LOC(ctx, name) "));
}

TEST_CASE("two records cannot have one name", "[emit]") {
  const std::string_view field = "\tfield:int a;\toffset:8;\tsize:4;\tsigned:1;";
  CHECK(message_of([&] {
          records_of({}, {{"io", "open", field}, {"net", "open", field}});
        }) == "io:open and net:open would both be 'struct open_args'; write them into separate headers");
}

TEST_CASE("a header without records has nothing of them", "[emit]") { CHECK(records_of({}, {}).empty()); }
