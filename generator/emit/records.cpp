#include "emit/records.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "emit/layout.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::emit {

namespace {

using select::Record;
using select::RecordField;

constexpr std::string_view introduction = R"(
// What tracepoints hand to programs, as {} describes it: the offsets are those of that kernel.
)";

constexpr std::string_view data_loc_macros = R"(
// A field __data_loc_NAME tells where the data of NAME is, in the same memory: its lower 16 bits are the offset from the
// start of the record, its upper 16 bits the size in bytes.
#ifndef BPFBUILD_DATA_LOC
#define BPFBUILD_DATA_LOC(ctx, name) ((const void *)((const char *)(ctx) + ((ctx)->__data_loc_##name & 0xffff)))
#define BPFBUILD_DATA_LOC_SIZE(ctx, name) ((ctx)->__data_loc_##name >> 16)
#endif
)";

constexpr std::string_view rel_loc_macros = R"(
// A field __rel_loc_NAME tells where the data of NAME is, in the same memory: its lower 16 bits are the offset from the
// end of the field, its upper 16 bits the size in bytes.
#ifndef BPFBUILD_REL_LOC
#define BPFBUILD_REL_LOC(ctx, name) \
	((const void *)((const char *)(&(ctx)->__rel_loc_##name + 1) + ((ctx)->__rel_loc_##name & 0xffff)))
#define BPFBUILD_REL_LOC_SIZE(ctx, name) ((ctx)->__rel_loc_##name >> 16)
#endif
)";

bool any_begins_with(std::span<const Record> records, std::string_view start) {
  return std::any_of(records.begin(), records.end(), [&](const Record& record) {
    return std::any_of(record.fields.begin(), record.fields.end(), [&](const RecordField& field) {
      return field.name.compare(0, start.size(), start) == 0;
    });
  });
}

void check_names(std::span<const Record> records) {
  std::map<std::string_view, const Record*> seen;
  for (const Record& record : records) {
    const auto [other, is_new] = seen.emplace(record.name, &record);
    if (is_new) continue;
    throw Error(format("{}:{} and {}:{} would both be 'struct {}'", other->second->category,
                       other->second->event, record.category, record.event, record.name),
                "write them into separate headers");
  }
}

class RecordWriter {
 public:
  RecordWriter(const btf::TypeTable& types, Names& names, std::string& text)
      : types_(types), names_(names), layouts_(types), text_(text) {}

  void write(const Record& record) {
    add("\n// SEC(\"tracepoint/{}/{}\")\nstruct {} {{\n", record.category, record.event, record.name);
    std::uint32_t end = 0;
    bool is_packed = false;
    for (const RecordField& field : record.fields) {
      if (field.offset > end) add("\tchar __pad{}[{}];\n", end, field.offset - end);
      write(field);
      is_packed = is_packed || field.offset % alignment_of(field) != 0;
      end = field.offset + field.size;
    }
    text_ += is_packed ? "} __attribute__((packed));\n" : "};\n";
    for (const RecordField& field : record.fields) {
      if (field.name.compare(0, common.size(), common) == 0)
        continue;  // the first ones, and next to each other
      add("_Static_assert(__builtin_offsetof(struct {0}, {1}) == {2}, \"{1}\");\n", record.name, field.name,
          field.offset);
    }
  }

 private:
  static constexpr std::string_view common = "common_";

  template <class... Arguments>
  void add(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
    text_ += format(text, std::forward<Arguments>(arguments)...);
  }

  void write(const RecordField& field) {
    std::string type(field.base);
    if (field.type != 0) {
      const btf::Type of_btf = types_[field.type];
      type = format("{}{}{}", tag_keyword(of_btf), tag_keyword(of_btf).empty() ? "" : " ", names_.of(of_btf));
    }
    add("\t{}{}{}{}{}", field.before, type, field.after, field.after.empty() ? " " : "", field.name);
    if (field.count) add("[{}]", *field.count);
    text_ += ';';
    if (!field.kernel_type.empty()) add(" // {}", field.kernel_type);
    text_ += '\n';
  }

  std::uint32_t alignment_of(const RecordField& field) {
    return field.type != 0 && field.after.empty() ? layouts_.alignment_of(field.type) : field.element_size;
  }

  const btf::TypeTable& types_;
  Names& names_;
  Layouts layouts_;
  std::string& text_;
};

}  // namespace

void append_records(std::string& text, const btf::TypeTable& types, std::span<const Record> records,
                    std::string_view source, Names& names) {
  if (records.empty()) return;
  check_names(records);
  text += format(introduction, source);
  if (any_begins_with(records, "__data_loc_")) text += data_loc_macros;
  if (any_begins_with(records, "__rel_loc_")) text += rel_loc_macros;
  RecordWriter writer(types, names, text);
  for (const Record& record : records) writer.write(record);
}

}  // namespace bpfbuild::emit
