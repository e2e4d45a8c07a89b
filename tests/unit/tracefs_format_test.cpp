#include "tracefs/format.hpp"

#include "btf_builder.hpp"
#include "catch.hpp"
#include "support/format.hpp"

using namespace bpfbuild;
using test::message_of;
using tracefs::Field;
using tracefs::Place;

namespace {

/// A format file with one line for each field.
std::string format_with(std::string_view fields) {
  return format("name: event\nID: 7\nformat:\n{}\nprint fmt: \"%d\", REC->a\n", fields);
}

/// The field that a declaration says, at `offset:8; size:SIZE; signed:0;`.
Field field_of(std::string_view declaration, std::uint32_t size) {
  const auto parsed = tracefs::parse(
      format_with(format("\tfield:{};\toffset:8;\tsize:{};\tsigned:0;", declaration, size)), "format");
  REQUIRE(parsed.fields.size() == 1);
  return parsed.fields.front();
}

std::string error_of(std::string_view text) {
  return message_of([&] { tracefs::parse(text, "format"); });
}

std::string error_of_field(std::string_view field) { return error_of(format_with(field)); }

}  // namespace

TEST_CASE("a format file has a name and fields", "[tracefs.format]") {
  const auto format = tracefs::parse(R"(name: sched_process_exec
ID: 365
format:
	field:unsigned short common_type;	offset:0;	size:2;	signed:0;
	field:int common_pid;	offset:4;	size:4;	signed:1;

	field:__data_loc char[] filename;	offset:8;	size:4;	signed:0;
	field:pid_t pid;	offset:12;	size:4;	signed:1;

print fmt: "filename=%s
 pid=%d", __get_str(filename), REC->pid
)",
                                     "format");
  CHECK(format.name == "sched_process_exec");
  REQUIRE(format.fields.size() == 4);
  CHECK(format.fields[0].type == "unsigned short");
  CHECK(format.fields[0].name == "common_type");
  CHECK_FALSE(format.fields[0].is_signed);
  CHECK(format.fields[1].offset == 4);
  CHECK(format.fields[1].size == 4);
  CHECK(format.fields[1].is_signed);
  CHECK(format.fields[2].place == Place::data_loc);
  CHECK(format.fields[3].place == Place::here);
}

TEST_CASE("a declaration is a type and a name, of arrays the type of an element", "[tracefs.format]") {
  const auto check = [](std::string_view declaration, std::uint32_t size, std::string_view type,
                        std::string_view name, Place place, bool is_array, std::uint32_t count) {
    INFO(declaration);
    const Field field = field_of(declaration, size);
    CHECK(field.type == type);
    CHECK(field.name == name);
    CHECK(field.place == place);
    CHECK(field.is_array == is_array);
    CHECK(field.count == count);
  };
  check("const char * filename", 8, "const char *", "filename", Place::here, false, 0);
  check("const void*p", 8, "const void*", "p", Place::here, false, 0);
  check("char comm[16]", 16, "char", "comm", Place::here, true, 16);
  check("char[16] comm", 16, "char", "comm", Place::here, true, 16);
  check("char comm[(1 << 4)]", 16, "char", "comm", Place::here, true, 0);
  check("u8 grid[2][3]", 6, "u8", "grid", Place::here, true, 0);
  check("unsigned long args[]", 0, "unsigned long", "args", Place::here, true, 0);
  check("__data_loc char[] name", 4, "char", "name", Place::data_loc, true, 0);
  check("__data_loc char name[]", 4, "char", "name", Place::data_loc, true, 0);
  check("__rel_loc u8[] data", 4, "u8", "data", Place::rel_loc, true, 0);
  check("__data_loc cpumask_t cpumask", 4, "cpumask_t", "cpumask", Place::data_loc, false, 0);
}

TEST_CASE("a malformed format file is an error with its line", "[tracefs.format]") {
  CHECK(error_of("") == "format:1: the file ends, expected 'name:'");
  CHECK(error_of("ID: 7\n") == "format:1: found 'ID: 7', expected 'name:'");
  CHECK(error_of("name: a b\n") == "format:1: 'a b' is not the name of an event");
  CHECK(error_of("name:\n") == "format:1: '' is not the name of an event");
  CHECK(error_of("name: a\nID: x\n") == "format:2: ID is 'x', expected a number");
  CHECK(error_of("name: a\nID: 1\nformat: x\n") == "format:3: unexpected text after 'format:'");
  CHECK(error_of("name: a\nID: 1\nformat:\n\n") == "format:5: the file ends, expected 'print fmt:'");
  CHECK(error_of("\x7f"
                 "ELF\x01") == "format:1: found '?ELF?', expected 'name:'");
}

TEST_CASE("a malformed field is an error with its line", "[tracefs.format]") {
  CHECK(error_of_field("\tsome text") == "format:4: found 'some text', expected 'field:...;'");
  CHECK(error_of_field("\tfield:int a") == "format:4: found 'field:int a', expected 'field:...;'");
  CHECK(error_of_field("\tfield:int a;\tsize:4;") == "format:4: found 'size:4;', expected 'offset:...;'");
  CHECK(error_of_field("\tfield:int a;\toffset:-1;\tsize:4;\tsigned:1;") ==
        "format:4: 'offset' is '-1', expected a number");
  CHECK(error_of_field("\tfield:int a;\toffset:0;\tsize:4;\tsigned:1;\tmore") ==
        "format:4: found 'more' behind the field, expected the end of the line");
  CHECK(error_of_field("\tfield:int;\toffset:0;\tsize:4;\tsigned:1;") ==
        "format:4: 'int' is not the declaration of a field");
  CHECK(error_of_field("\tfield:int 4;\toffset:0;\tsize:4;\tsigned:1;") ==
        "format:4: 'int 4' is not the declaration of a field");
  CHECK(error_of_field("\tfield:int *;\toffset:0;\tsize:4;\tsigned:1;") ==
        "format:4: 'int *' is not the declaration of a field");
  CHECK(error_of_field("\tfield:int \\ a;\toffset:0;\tsize:4;\tsigned:1;") ==
        "format:4: 'int \\ a' is not the declaration of a field");
  CHECK(error_of_field("\tfield:int a;\toffset:65535;\tsize:4;\tsigned:1;") ==
        "format:4: field 'a' has 4 bytes at 65535, more than the 65536 of a record");
  CHECK(error_of_field("\tfield:int a;\toffset:0;\tsize:4294967295;\tsigned:1;") ==
        "format:4: field 'a' has 4294967295 bytes at 0, more than the 65536 of a record");
  CHECK(error_of_field("\tfield:__data_loc char[] a;\toffset:0;\tsize:8;\tsigned:1;") ==
        "format:4: field 'a' tells of data elsewhere in 8 bytes, expected 4");
  const std::string field = "\tfield:int a;\toffset:0;\tsize:4;\tsigned:1;\n";
  CHECK(error_of_field(field + "\tfield:int b;\toffset:2;\tsize:4;\tsigned:1;") ==
        "format:5: field 'b' begins at 2, within the field before, which ends at 4");
  CHECK(error_of_field(field + "\tfield:int a;\toffset:4;\tsize:4;\tsigned:1;") ==
        "format:5: field 'a' comes twice");
}
