-- Whether a telephone is asked to be confirmed depends on whether an SMS can be sent: a channel that is switched on or off is another rule of booking.
select watch_rules('message_channels');
