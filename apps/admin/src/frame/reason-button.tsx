import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import { type MouseEventHandler, useId } from 'react';

/**
 * A button that says why it cannot be used instead of vanishing: with a `reason` it is shown disabled, can still be reached by keyboard, and tells the
 * reason to pointer and screen reader.
 */
export function ReasonButton({
  reason,
  onClick,
  type = 'button',
  form,
  children,
  ...props
}: ButtonProps & {
  reason: string | undefined;
  onClick?: MouseEventHandler<HTMLButtonElement>;
  type?: 'button' | 'submit';
  form?: string;
  children: React.ReactNode;
}) {
  const id = useId();
  const stop: MouseEventHandler<HTMLButtonElement> = (event) => event.preventDefault();
  return (
    <Tooltip label={reason} disabled={!reason} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      <Button
        {...props}
        type={type}
        {...(form ? { form } : {})}
        onClick={reason ? stop : onClick}
        {...(reason ? { 'data-disabled': true, 'aria-disabled': true, 'aria-describedby': id } : {})}
      >
        {children}
        {reason && (
          <span id={id} className="mantine-VisuallyHidden-root" hidden>
            {reason}
          </span>
        )}
      </Button>
    </Tooltip>
  );
}
