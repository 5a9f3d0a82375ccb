// The check of the Content-Type header, as MIME types are parsed:
// https://mimesniff.spec.whatwg.org/
#ifndef EVENTSOURCE_MIME_TYPE_H_
#define EVENTSOURCE_MIME_TYPE_H_

#include <cstdint>

namespace eventsource {

// Whether the essence of the MIME type extracted from a Content-Type header value is
// text/event-stream. Where the header came more than once, the value is the comma-joined list, and
// the last MIME type in it counts: https://fetch.spec.whatwg.org/#concept-header-extract-mime-type
bool is_event_stream(const std::uint8_t* content_type, const std::uint8_t* end);

}  // namespace eventsource

#endif  // EVENTSOURCE_MIME_TYPE_H_
