/// The format files of tracefs: `events/CATEGORY/EVENT/format`, see Documentation/trace/events.rst of the
/// kernel.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bpfbuild::tracefs {

/// Where the value of a field is.
enum class Place : std::uint8_t {
  here,
  data_loc,  // behind the record: the field tells the offset from the start of the record, and the size
  rel_loc,   // likewise, with the offset from the end of the field
};

/// A field of the record that a tracepoint hands to a program.
struct Field {
  std::string type;  // C as the kernel has it, of an element if it is an array: "const char *"
  std::string name;
  Place place = Place::here;
  bool is_array = false;
  std::uint32_t count = 0;  // of elements; 0 when the file does not tell, and where the length varies
  std::uint32_t offset;     // in bytes, from the start of the record
  std::uint32_t size;       // in bytes
  bool is_signed;
};

struct TracepointFormat {
  std::string name;  // of the event
  std::vector<Field> fields;
};

/// Reads the text of a format file; `name` stands for the file in messages. The fields follow one another
/// without overlap within 64 KiB, have different names, and types without characters that mean something to
/// more than their own declaration. Throws Error "NAME:LINE: WHAT".
TracepointFormat parse(std::string_view text, std::string_view name);

}  // namespace bpfbuild::tracefs
