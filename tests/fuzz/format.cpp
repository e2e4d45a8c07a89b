/// Format files of tracepoints, and the records that come of them.
#include "tracefs/format.hpp"

#include "btf/parser.hpp"
#include "emit/header.hpp"
#include "emit/records.hpp"
#include "input.hpp"
#include "seeds.hpp"
#include "select/record.hpp"
#include "select/selection.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bpfbuild;
  static const btf::TypeTable types = btf::parse(fuzz::kernel().bytes());
  try {
    select::RecordTypes record_types(types);
    const std::vector<select::Record> records{
        record_types.record_of("category", tracefs::parse(fuzz::Input(data, size).rest(), "format"))};
    emit::Names names(types);
    emit::body(types, select::close(types, record_types.roots(), select::Closure::value), names);
    std::string text;
    emit::append_records(text, types, records, "kernel", names);
  } catch (const Error&) {
  }
  return 0;
}
